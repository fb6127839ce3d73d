// Asks the merchant for documents: those sent back, or something that was not on the list.
import { useState } from "preact/hooks";
import { t } from "../text";
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
  const sentBack = detail.application.documents.filter((document) => document.state === "rejected");
  const titles = sentBack.map((document) => document.title).join("、");
  const [text, setText] = useState(titles && t("requestText", { titles }));
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
        {sentBack.length === 0 ? (
          <Notice tone="info" text={t("requestNothingSentBack")} />
        ) : (
          <div>
            <p>{t("requestSentBack")}</p>
            <ul class="sent-back">
              {sentBack.map((document) => (
                <li key={document.key}>
                  <strong>{document.title}</strong>
                  <span>{document.reason}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
        <TextForMerchant text={text} change={setText} />
        <Letter lead={t("requestLead")} text={text} />
      </SheetForm>
    </Sheet>
  );
}
