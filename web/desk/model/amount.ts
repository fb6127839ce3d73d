// Whether an amount may be approved: exact, and not above what can be refunded. Less is possible, but has to be explained.
import { parseYuan, type Yuan } from "./money";

type Mistake = Extract<Yuan, { ok: false }>["problem"] | "over";

export type Amount = { ok: true; fen: number; less: boolean } | { ok: false; problem: Mistake };

export function checkAmount(typed: string, maxFen: number): Amount {
  const yuan = parseYuan(typed);
  if (!yuan.ok) return yuan;
  return yuan.fen > maxFen ? { ok: false, problem: "over" } : { ok: true, fen: yuan.fen, less: yuan.fen < maxFen };
}
