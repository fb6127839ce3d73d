// Records what happened to a payout that people make by hand at the bank.
import { useId, useState } from "preact/hooks";
import { Sheet } from "../../shared/staff/ui/Sheet";
import { SheetForm } from "../../shared/staff/ui/SheetForm";
import { t } from "../text";
import type { CaseDetail, PayoutMark } from "../types";
import { Choice } from "../ui/Choice";
import { Choices } from "../ui/Choices";
import { TextForMerchant } from "../ui/TextForMerchant";
import { announceDone } from "./afterwards";
import { mistakeInText } from "./mistakes";
import { payoutSum, Stakes } from "./Stakes";
import type { Case } from "./useCase";
import { useSheet } from "./useSheet";

export function PayoutSheet({ current, detail, close }: { current: Case; detail: CaseDetail; close: () => void }) {
  const [result, setResult] = useState<PayoutMark["result"]>("paid");
  const [reference, setReference] = useState("");
  const [why, setWhy] = useState("");
  const id = useId();
  const paid = result === "paid";
  const sheet = useSheet(current, "payout", check, close, () =>
    announceDone(t(paid ? "didPay" : "didNotPay", { merchant: detail.merchant.name }), detail),
  );

  function check() {
    const body: PayoutMark = {
      result,
      bank_reference: reference.trim() || null,
      reason_text: paid ? null : why.trim(),
    };
    if (!paid) return { problem: mistakeInText(why), body };
    return { problem: body.bank_reference ? null : t("bankReferenceMissing"), body };
  }

  return (
    <Sheet title={t("payoutTitle")} onClose={close}>
      <SheetForm {...sheet} confirm={t("confirmPayout")} tone="primary" close={close}>
        <Stakes detail={detail} amountFen={payoutSum(detail)} />
        <Choices legend={t("payoutResult")}>
          <Choice group={id} checked={paid} first choose={() => setResult("paid")}>
            {t("payoutPaid")}
          </Choice>
          <Choice group={id} checked={!paid} choose={() => setResult("failed")}>
            {t("payoutFailed")}
          </Choice>
        </Choices>
        <div class="field">
          <label for={`${id}-reference`}>{t("bankReference")}</label>
          <input
            id={`${id}-reference`}
            class="input"
            autocomplete="off"
            value={reference}
            aria-describedby={`${id}-hint`}
            onInput={(event) => setReference(event.currentTarget.value)}
          />
          <span id={`${id}-hint`} class="soft small">
            {t("bankReferenceHint")}
          </span>
        </div>
        {!paid && <TextForMerchant label={t("payoutFailedText")} text={why} change={setWhy} />}
      </SheetForm>
    </Sheet>
  );
}
