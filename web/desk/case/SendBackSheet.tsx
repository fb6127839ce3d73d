// Sends one document back: why, in words that tell the merchant what to do.
import { useState } from "preact/hooks";
import { Sheet } from "../../shared/staff/ui/Sheet";
import { SheetForm } from "../../shared/staff/ui/SheetForm";
import type { ApplicationDocument } from "../../shared/types";
import { NO_WORDING } from "../model/wording";
import { t } from "../text";
import type { CaseDetail, DocumentDecision } from "../types";
import { ReasonFields } from "../ui/ReasonFields";
import { Letter } from "./Letter";
import { mistakeIn } from "./mistakes";
import type { Case } from "./useCase";
import { useSheet } from "./useSheet";

interface Props {
  current: Case;
  detail: CaseDetail;
  document: ApplicationDocument;
  done(): void;
  close(): void;
}

export function SendBackSheet({ current, detail, document, done, close }: Props) {
  const [wording, setWording] = useState(NO_WORDING);
  const problem = mistakeIn(wording);
  const body: DocumentDecision = {
    decision: "send_back",
    reason_code: wording.code,
    reason_text: wording.text.trim(),
  };
  const { key } = document;
  const sheet = useSheet(current, `documents/${key}/decision`, () => ({ problem, body }), close, done);

  return (
    <Sheet title={t("sendBackTitle", { title: document.title })} onClose={close}>
      <SheetForm {...sheet} confirm={t("confirmSendBack")} tone="warn" close={close}>
        <ReasonFields reasons={detail.reasons.document} wording={wording} change={setWording} />
        <Letter detail={detail} rehearsal={problem === null ? { kind: "document", key, body } : null} />
      </SheetForm>
    </Sheet>
  );
}
