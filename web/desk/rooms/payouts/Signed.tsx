// What is signed: how much, to whom, to which account, who approved it, and why it was held.
import { formatFen } from "../../../shared/format";
import { Row } from "../../case/Row";
import { t } from "../../text";
import { r } from "../text";
import type { PayoutLine } from "../types";
import { AccountWords } from "./AccountWords";

export function Signed({ line }: { line: PayoutLine }) {
  return (
    <div class="signed">
      <p class="signed-amount">{formatFen(line.amount_fen)}</p>
      <dl>
        <Row label={r("columnMerchant")}>{line.merchant_name}</Row>
        <Row label={r("columnAccount")}>
          <AccountWords account={line.account} />
        </Row>
        {line.held_because.length > 0 && (
          <Row label={r("heldWhy")} warning>
            {line.held_because.map((why) => (
              <span key={why} class="signed-why">
                {t(`held_${why}`)}
              </span>
            ))}
          </Row>
        )}
        {line.approved_by && <Row label={r("columnApproved")}>{line.approved_by}</Row>}
        <Row label={r("applicationOf")}>{line.label}</Row>
        <Row label={r("refundNo")}>
          <span class="code">{line.refund_no}</span>
        </Row>
      </dl>
    </div>
  );
}
