// One thing to narrow the list by, as a select whose label only screen readers need; it is marked while it narrows.
import type { ComponentChildren } from "preact";

interface Props {
  label: string;
  value: string;
  /** The value that narrows nothing. */
  resting?: string;
  extraClass?: string;
  choose(value: string): void;
  children: ComponentChildren;
}

export function FilterSelect({ label, value, resting = "", extraClass = "", choose, children }: Props) {
  return (
    <label class={`filter ${extraClass} ${value === resting ? "" : "filter-on"}`}>
      <span class="visually-hidden">{label}</span>
      <select class="input" value={value} onChange={(event) => choose(event.currentTarget.value)}>
        {children}
      </select>
    </label>
  );
}
