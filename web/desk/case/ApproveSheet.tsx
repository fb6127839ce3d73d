// Approves the application: how much where it pays, what the merchant is told, and the facts to look at once more before.
import { useState } from "preact/hooks";
import { type Amount, checkAmount, expectedFen } from "../model/amount";
import { yuanText } from "../model/money";
import { t } from "../text";
import type { TextKey } from "../text/zh";
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
  const { pays, amount_asked_fen: asked } = detail;
  const max = (pays && detail.application.amount_fen) || 0;
  const expected = expectedFen(asked, max);
  const [typed, setTyped] = useState(yuanText(expected));
  const [text, setText] = useState("");
  const amount = checkAmount(typed, expected, max);
  const words = wordsFor(detail.reply_required, amount);
  const sheet = useSheet(current, "decision", check, close);

  function check() {
    const body: CaseDecision = {
      decision: "approve",
      amount_fen: pays && amount.ok ? amount.fen : null,
      reason_code: null,
      reason_text: words && text.trim(),
    };
    if (!amount.ok) return { problem: sayMistake(amount, max), body };
    return { problem: words && mistakeInText(text, words.missing), body };
  }

  return (
    <Sheet title={t("approveTitle")} onClose={close}>
      <SheetForm {...sheet} confirm={t("confirmApprove")} tone="ok" close={close}>
        {max > 0 ? (
          <AmountField typed={typed} change={setTyped} amount={amount} asked={asked} max={max} />
        ) : (
          <p>{t(pays ? "approveNothingLeft" : "approveWithoutMoney")}</p>
        )}
        {words && <TextForMerchant label={t(words.label)} text={text} change={setText} />}
        <Facts facts={detail.facts} />
      </SheetForm>
    </Sheet>
  );
}

/** What has to be written: the result where the procedure owes one, or why it is less than was asked for. */
function wordsFor(replyRequired: boolean, amount: Amount): { label: TextKey; missing: TextKey } | null {
  if (replyRequired) return { label: "resultForMerchant", missing: "resultMissing" };
  return amount.ok && amount.less ? { label: "lessBecause", missing: "textMissing" } : null;
}
