// A marked line between the messages.
import { Icon } from "./Icon";
import { RichText } from "./RichText";

export function Notice({ level, text }: { level: "info" | "warning"; text: string }) {
  return (
    <div class={`notice notice-${level}`}>
      <Icon name={level === "warning" ? "alert" : "clock"} />
      <p>
        <RichText text={text} />
      </p>
    </div>
  );
}
