// Which payouts of the list are chosen, to be paid at the bank together. Whatever leaves the list is chosen no more.
import { useState } from "preact/hooks";
import type { PayoutLine } from "../types";

export interface Chosen {
  lines: readonly PayoutLine[];
  /** There is something that can be chosen. */
  possible: boolean;
  all: boolean;
  has(refundNo: string): boolean;
  toggle(refundNo: string | null): void;
  toggleAll(): void;
}

export function useChosen(lines: readonly PayoutLine[], tab: string): Chosen {
  const [marked, setMarked] = useState<{ tab: string; numbers: ReadonlySet<string> }>({ tab, numbers: new Set() });
  const numbers = marked.tab === tab ? marked.numbers : new Set<string>();
  const possible = lines.filter((line) => line.may_mark);
  const chosen = possible.filter((line) => numbers.has(line.refund_no));
  const keep = (kept: Iterable<string>) => setMarked({ tab, numbers: new Set(kept) });
  const all = possible.length > 0 && chosen.length === possible.length;

  return {
    lines: chosen,
    possible: possible.length > 0,
    all,
    has: (refundNo) => numbers.has(refundNo),
    toggle(refundNo) {
      if (!possible.some((line) => line.refund_no === refundNo) || refundNo === null) return;
      keep(numbers.has(refundNo) ? [...numbers].filter((each) => each !== refundNo) : [...numbers, refundNo]);
    },
    toggleAll: () => keep(all ? [] : possible.map((line) => line.refund_no)),
  };
}
