// Asks the merchant for something that is not on the list; a document that is on it is sent back by itself.
import { useState } from "preact/hooks";
import { Notice } from "../../shared/staff/ui/Notice";
import { Sheet } from "../../shared/staff/ui/Sheet";
import { SheetForm } from "../../shared/staff/ui/SheetForm";
import { t } from "../text";
import type { CaseDecision, CaseDetail } from "../types";
import { TextForMerchant } from "../ui/TextForMerchant";
import { announceDone } from "./afterwards";
import { Letter } from "./Letter";
import { mistakeInText } from "./mistakes";
import type { Case } from "./useCase";
import { useSheet } from "./useSheet";

export function RequestSheet({ current, detail, close }: { current: Case; detail: CaseDetail; close: () => void }) {
  const [text, setText] = useState("");
  const problem = mistakeInText(text);
  const body: CaseDecision = {
    decision: "request_documents",
    amount_fen: null,
    reason_code: null,
    reason_text: text.trim(),
  };
  const said = () => announceDone(t("didRequest", { merchant: detail.merchant.name }), detail);
  const sheet = useSheet(current, "decision", () => ({ problem, body }), close, said);

  return (
    <Sheet title={t("requestTitle")} onClose={close}>
      <SheetForm {...sheet} confirm={t("confirmRequest")} tone="warn" close={close}>
        <Notice tone="info" text={t("requestNote")} />
        <TextForMerchant label={t("requestWhat")} text={text} change={setText} first />
        <Letter detail={detail} rehearsal={problem === null ? { kind: "decision", body } : null} />
      </SheetForm>
    </Sheet>
  );
}
