// The parts of a list as links, each with its number: the address says which one is open.
interface Tab {
  key: string;
  title: string;
  href: string;
  count?: number | undefined;
}

interface Props {
  label: string;
  tabs: readonly Tab[];
  current: string;
}

export function Tabs({ label, tabs, current }: Props) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <a key={tab.key} class="tab" href={tab.href} aria-current={tab.key === current ? "page" : undefined}>
          {tab.title}
          {tab.count !== undefined && <span class={`tab-count ${tab.count === 0 ? "soft" : ""}`}>{tab.count}</span>}
        </a>
      ))}
    </nav>
  );
}
