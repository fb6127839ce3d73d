// What stands out about an application, each as a sign with its word.

import { Icon, type IconName } from "../../shared/staff/ui/Icon";
import { named } from "../text";
import type { Attention } from "../types";

/** A deadline that may move is marked where the deadline stands. */
type Marked = Exclude<Attention, "provisional">;

const MARKS: Readonly<Record<Marked, { icon: IconName; tone: string }>> = {
  held: { icon: "lock", tone: "warn" },
  opinion_asked: { icon: "question", tone: "info" },
  opinion_given: { icon: "speech", tone: "info" },
  flagged: { icon: "warning", tone: "warn" },
};

export function AttentionMarks({ attention }: { attention: readonly Attention[] }) {
  const marked = attention.filter((each): each is Marked => each in MARKS);
  if (marked.length === 0) return null;
  return (
    <span class="attention">
      {marked.map((each) => (
        <span key={each} class={`attention-mark attention-${MARKS[each].tone}`}>
          <Icon name={MARKS[each].icon} />
          {named("attention", each)}
        </span>
      ))}
    </span>
  );
}
