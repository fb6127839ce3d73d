// At the foot of the list: how many are chosen, what they come to, and what can be done with them.
import { formatFen } from "../../../shared/format";
import { r } from "../text";
import type { SheetKind } from "./PayoutSheets";
import { sumOf } from "./rules";
import type { Chosen } from "./useChosen";

export function ChosenBar({ chosen, open }: { chosen: Chosen; open(kind: SheetKind): void }) {
  const count = chosen.lines.length;
  return (
    <section class="chosen-bar" aria-label={r("chosen")}>
      <p role="status">
        {count === 0 ? (
          <span class="soft">{r("chosenNone")}</span>
        ) : (
          <>
            {r("chosenCount", { count })} <strong class="chosen-sum">{formatFen(sumOf(chosen.lines))}</strong>
          </>
        )}
      </p>
      <button type="button" class="button" aria-disabled={count === 0} onClick={() => open("list")}>
        {r("bankList")} <kbd class="key">l</kbd>
      </button>
      <button type="button" class="button button-primary" onClick={() => open("mark")}>
        {r(count === 0 ? "markAll" : "markChosen")} <kbd class="key">⇧B</kbd>
      </button>
    </section>
  );
}
