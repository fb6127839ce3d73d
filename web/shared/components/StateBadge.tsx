// A small coloured label that names a state; the colour only repeats what the words say.
import type { ComponentChildren } from "preact";
import "./state-badge.css";

export type Tone = "neutral" | "accent" | "ok" | "warn" | "danger" | "info";

interface Props {
  tone: Tone;
  children: ComponentChildren;
}

export function StateBadge({ tone, children }: Props) {
  return <span class={`state-badge tone-${tone}`}>{children}</span>;
}
