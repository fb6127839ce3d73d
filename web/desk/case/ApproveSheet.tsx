// Approves the application: how much where it pays, what the merchant is told, and the facts to look at once more before.

import { Sheet } from "../../shared/staff/ui/Sheet";
import { SheetForm } from "../../shared/staff/ui/SheetForm";
import { t } from "../text";
import type { CaseDetail } from "../types";
import { TextForMerchant } from "../ui/TextForMerchant";
import { AmountField } from "./AmountField";
import { announceDone } from "./afterwards";
import { DeductionPicker } from "./DeductionPicker";
import { Facts } from "./Facts";
import { Letter } from "./Letter";
import { Stakes } from "./Stakes";
import { useApproval } from "./useApproval";
import type { Case } from "./useCase";
import { useSheet } from "./useSheet";

export function ApproveSheet({ current, detail, close }: { current: Case; detail: CaseDetail; close: () => void }) {
  const approval = useApproval(detail);
  const { problem, body, max, words } = approval;
  const sheet = useSheet(
    current,
    "decision",
    () => ({ problem, body }),
    close,
    () => announceDone(t("didApprove", { merchant: detail.merchant.name }), detail),
  );

  return (
    <Sheet title={t("approveTitle")} onClose={close}>
      <SheetForm {...sheet} confirm={t("confirmApprove")} tone="ok" close={close}>
        <Stakes detail={detail} amountFen={max > 0 ? body.amount_fen : null} />
        {max > 0 ? (
          <AmountField
            typed={approval.typed}
            change={approval.type}
            amount={approval.amount}
            asked={detail.amount_asked_fen}
            max={max}
          />
        ) : (
          <p>{t(detail.pays ? "approveNothingLeft" : "approveWithoutMoney")}</p>
        )}
        {approval.mayDeduct && <DeductionPicker approval={approval} deductions={detail.reasons.deduction} />}
        {words && (
          <TextForMerchant
            label={t(words.label)}
            text={approval.wording.text}
            change={approval.write}
            first={max === 0}
          />
        )}
        <Letter detail={detail} rehearsal={problem === null ? { kind: "decision", body } : null} />
        <Facts facts={detail.facts} />
      </SheetForm>
    </Sheet>
  );
}
