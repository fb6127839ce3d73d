// Whether an amount may be approved: exact, above nothing, not above what can be refunded.
import { parseYuan, type Yuan } from "./money";

type Mistake = Extract<Yuan, { ok: false }>["problem"] | "zero" | "over";

export type Amount = { ok: true; fen: number | null } | { ok: false; problem: Mistake };

export function checkAmount(typed: string, maxFen: number): Amount {
  const yuan = parseYuan(typed);
  if (!yuan.ok) return yuan;
  if (yuan.fen === 0) return { ok: false, problem: "zero" };
  return yuan.fen > maxFen ? { ok: false, problem: "over" } : yuan;
}
