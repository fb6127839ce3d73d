// Approves the application: how much, exactly, and the facts to look at once more before.
import { useState } from "preact/hooks";
import { checkAmount } from "../model/amount";
import { yuanText } from "../model/money";
import { t } from "../text";
import type { CaseDecision, CaseDetail } from "../types";
import { Sheet } from "../ui/Sheet";
import { SheetForm } from "../ui/SheetForm";
import { TextForMerchant } from "../ui/TextForMerchant";
import { AmountField, sayMistake } from "./AmountField";
import { Facts } from "./Facts";
import { mistakeInText } from "./mistakes";
import type { Case } from "./useCase";
import { useSheet } from "./useSheet";

export function ApproveSheet({ current, detail, close }: { current: Case; detail: CaseDetail; close: () => void }) {
  const max = detail.application.amount_fen ?? 0;
  const [typed, setTyped] = useState(yuanText(max));
  const [why, setWhy] = useState("");
  const amount = checkAmount(typed, max);
  const less = amount.ok && amount.less;
  const sheet = useSheet(current, "decision", check, close);

  function check() {
    const body: CaseDecision = {
      decision: "approve",
      amount_fen: amount.ok ? amount.fen : null,
      reason_code: null,
      reason_text: less ? why.trim() : null,
    };
    if (!amount.ok) return { problem: sayMistake(amount, max), body };
    return { problem: less ? mistakeInText(why) : null, body };
  }

  return (
    <Sheet title={t("approveTitle")} onClose={close}>
      <SheetForm {...sheet} confirm={t("confirmApprove")} tone="ok" close={close}>
        {max === 0 ? (
          <p>{t("approveWithoutMoney")}</p>
        ) : (
          <AmountField typed={typed} change={setTyped} amount={amount} max={max} />
        )}
        {less && <TextForMerchant label={t("lessBecause")} text={why} change={setWhy} />}
        <Facts facts={detail.facts} />
      </SheetForm>
    </Sheet>
  );
}
