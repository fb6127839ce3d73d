// The boxes of the inbox, each with its number.
import { BOXES, inboxHash } from "../model/route";
import { counts } from "../state/inbox";
import { named, t } from "../text";
import type { Box } from "../types";

export function BoxTabs({ current }: { current: Box }) {
  return (
    <nav class="boxes" aria-label={t("boxes")}>
      {BOXES.map((box) => {
        const count = counts.value?.[box];
        return (
          <a key={box} class="box" href={inboxHash(box)} aria-current={box === current ? "page" : undefined}>
            {named("box", box)}
            {count !== undefined && (
              <span class={`box-count ${box === "waiting" && count > 0 ? "box-count-waiting" : ""}`}>{count}</span>
            )}
          </a>
        );
      })}
    </nav>
  );
}
