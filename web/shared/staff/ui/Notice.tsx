// A sentence that must be noticed, said to screen readers too.
import { Icon } from "./Icon";

interface Props {
  tone: "danger" | "warn" | "info";
  text: string;
}

export function Notice({ tone, text }: Props) {
  return (
    <p class={`notice notice-${tone}`} role={tone === "danger" ? "alert" : "status"}>
      <Icon name={tone === "info" ? "info" : "warning"} />
      <span>{text}</span>
    </p>
  );
}
