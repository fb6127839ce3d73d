// Asks the merchant for something that is not on the list; a document that is on it is sent back by itself.
import { useState } from "preact/hooks";
import { t } from "../text";
import { requestLetter } from "../text/letters";
import type { CaseDecision, CaseDetail } from "../types";
import { Letter } from "../ui/Letter";
import { Notice } from "../ui/Notice";
import { Sheet } from "../ui/Sheet";
import { SheetForm } from "../ui/SheetForm";
import { TextForMerchant } from "../ui/TextForMerchant";
import { mistakeInText } from "./mistakes";
import type { Case } from "./useCase";
import { useSheet } from "./useSheet";

export function RequestSheet({ current, detail, close }: { current: Case; detail: CaseDetail; close: () => void }) {
  const [text, setText] = useState("");
  const sheet = useSheet(current, "decision", check, close);

  function check() {
    const body: CaseDecision = {
      decision: "request_documents",
      amount_fen: null,
      reason_code: null,
      reason_text: text.trim(),
    };
    return { problem: mistakeInText(text), body };
  }

  return (
    <Sheet title={t("requestTitle")} onClose={close}>
      <SheetForm {...sheet} confirm={t("confirmRequest")} tone="warn" close={close}>
        <Notice tone="info" text={t("requestNote")} />
        <TextForMerchant label={t("requestWhat")} text={text} change={setText} />
        <Letter text={requestLetter(detail.application.application_no, text)} />
      </SheetForm>
    </Sheet>
  );
}
