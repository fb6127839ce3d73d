// Records what happened to a payout that people make by hand at the bank.
import { useId, useState } from "preact/hooks";
import { formatFen } from "../../shared/format";
import { t } from "../text";
import type { CaseDetail, PayoutMark } from "../types";
import { Sheet } from "../ui/Sheet";
import { SheetForm } from "../ui/SheetForm";
import { TextForMerchant } from "../ui/TextForMerchant";
import { accountOf } from "./Money";
import { mistakeInText } from "./mistakes";
import type { Case } from "./useCase";
import { useSheet } from "./useSheet";

export function PayoutSheet({ current, detail, close }: { current: Case; detail: CaseDetail; close: () => void }) {
  const { agreement, approved_amount_fen } = detail.application;
  const [result, setResult] = useState<PayoutMark["result"]>("paid");
  const [reference, setReference] = useState("");
  const [why, setWhy] = useState("");
  const id = useId();
  const sheet = useSheet(current, "payout", check, close);
  const paid = result === "paid";

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
        {agreement && (
          <p class="payout-sum">
            {t("payoutSum", {
              amount: formatFen(approved_amount_fen ?? agreement.amount_fen),
              account: accountOf(agreement),
            })}
          </p>
        )}
        <fieldset class="reasons">
          <legend>{t("payoutResult")}</legend>
          <label class="reason">
            <input type="radio" name={id} checked={paid} onChange={() => setResult("paid")} />
            {t("payoutPaid")}
          </label>
          <label class="reason">
            <input type="radio" name={id} checked={!paid} onChange={() => setResult("failed")} />
            {t("payoutFailed")}
          </label>
        </fieldset>
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
