// A calm page or panel without content: what is the case, and what can be done.
interface Props {
  title?: string;
  text: string;
  action?: { title: string; run: () => void };
}

export function EmptyState({ title, text, action }: Props) {
  return (
    <div class="empty-state">
      {title && <h2>{title}</h2>}
      <p>{text}</p>
      {action && (
        <button type="button" class="button" onClick={action.run}>
          {action.title}
        </button>
      )}
    </div>
  );
}
