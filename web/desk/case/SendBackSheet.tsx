// Sends one document back: why, in words that tell the merchant what to do.
import { useState } from "preact/hooks";
import type { ApplicationDocument } from "../../shared/types";
import { NO_WORDING } from "../model/wording";
import { t } from "../text";
import { sendBackLetter } from "../text/letters";
import type { DocumentDecision, Reason } from "../types";
import { Letter } from "../ui/Letter";
import { ReasonFields } from "../ui/ReasonFields";
import { Sheet } from "../ui/Sheet";
import { SheetForm } from "../ui/SheetForm";
import { mistakeIn } from "./mistakes";
import type { Case } from "./useCase";
import { useSheet } from "./useSheet";

interface Props {
  current: Case;
  applicationNo: string;
  document: ApplicationDocument;
  reasons: readonly Reason[];
  done(): void;
  close(): void;
}

export function SendBackSheet({ current, applicationNo, document, reasons, done, close }: Props) {
  const [wording, setWording] = useState(NO_WORDING);
  const sheet = useSheet(current, `documents/${document.key}/decision`, check, close, done);

  function check() {
    const body: DocumentDecision = {
      decision: "send_back",
      reason_code: wording.code,
      reason_text: wording.text.trim(),
    };
    return { problem: mistakeIn(wording), body };
  }

  return (
    <Sheet title={t("sendBackTitle", { title: document.title })} onClose={close}>
      <SheetForm {...sheet} confirm={t("confirmSendBack")} tone="warn" close={close}>
        <ReasonFields reasons={reasons} wording={wording} change={setWording} />
        <Letter text={sendBackLetter(applicationNo, document.title, wording.text)} />
      </SheetForm>
    </Sheet>
  );
}
