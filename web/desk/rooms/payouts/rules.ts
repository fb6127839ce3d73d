// Who may do what with a payout, as far as the page can know; the service decides.
import type { Session } from "../../../shared/staff/types";
import type { PayoutLine } from "../types";

/** Refusing is open to whoever may release, and to them alone. */
export function mayRefuse(line: PayoutLine, session: Session): boolean {
  return line.state === "held" && (line.may_release || isOwnApproval(line, session));
}

/** The four eyes: who approved it may not let it go. */
export function isOwnApproval(line: PayoutLine, session: Session): boolean {
  return line.approved_by === session.name && (session.role === "payer" || session.role === "lead");
}

export function sumOf(lines: readonly PayoutLine[]): number {
  return lines.reduce((sum, line) => sum + line.amount_fen, 0);
}
