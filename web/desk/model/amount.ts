// Whether an amount may be approved: exact, and not above what can be refunded. Less than was asked for is possible, but
// has to be explained.
import { parseYuan, type Yuan } from "./money";

type Mistake = Extract<Yuan, { ok: false }>["problem"] | "over";

export type Amount = { ok: true; fen: number; less: boolean } | { ok: false; problem: Mistake };

/** What the merchant asked for, or all that is there when no sum was named; never more than there is. */
export function expectedFen(askedFen: number | null, maxFen: number): number {
  return askedFen === null ? maxFen : Math.min(askedFen, maxFen);
}

export function checkAmount(typed: string, expected: number, maxFen: number): Amount {
  const yuan = parseYuan(typed);
  if (!yuan.ok) return yuan;
  return yuan.fen > maxFen ? { ok: false, problem: "over" } : { ok: true, fen: yuan.fen, less: yuan.fen < expected };
}
