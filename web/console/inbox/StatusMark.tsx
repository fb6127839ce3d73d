// With whom a conversation is: the assistant, nobody yet, or a colleague by name.
import { StateBadge, type Tone } from "../../shared/components/StateBadge";
import { named } from "../text";
import type { Row } from "../types";

const TONES: Readonly<Record<Row["status"], Tone>> = {
  bot: "info",
  waiting: "warn",
  agent: "accent",
  closed: "neutral",
};

export function StatusMark({ row: { status, agent } }: { row: Row }) {
  return (
    <StateBadge tone={TONES[status]}>{status === "agent" && agent ? agent.name : named("status", status)}</StateBadge>
  );
}
