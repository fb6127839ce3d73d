// One label with its value, for use inside a `dl`.
import type { ComponentChildren } from "preact";

interface Props {
  label: string;
  warning?: boolean;
  children: ComponentChildren;
}

export function Row({ label, warning = false, children }: Props) {
  return (
    <div class={warning ? "row row-warning" : "row"}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
