// Rejects the application: a reason for the statistics, a text for the merchant, and how to appeal.
import { useState } from "preact/hooks";
import { NO_WORDING } from "../model/wording";
import { t } from "../text";
import { rejectLetter } from "../text/letters";
import type { CaseDecision, CaseDetail } from "../types";
import { Letter } from "../ui/Letter";
import { Notice } from "../ui/Notice";
import { ReasonFields } from "../ui/ReasonFields";
import { Sheet } from "../ui/Sheet";
import { SheetForm } from "../ui/SheetForm";
import { mistakeIn } from "./mistakes";
import type { Case } from "./useCase";
import { useSheet } from "./useSheet";

export function RejectSheet({ current, detail, close }: { current: Case; detail: CaseDetail; close: () => void }) {
  const [wording, setWording] = useState(NO_WORDING);
  const sheet = useSheet(current, "decision", check, close);

  function check() {
    const body: CaseDecision = {
      decision: "reject",
      amount_fen: null,
      reason_code: wording.code,
      reason_text: wording.text.trim(),
    };
    return { problem: mistakeIn(wording), body };
  }

  return (
    <Sheet title={t("rejectTitle")} onClose={close}>
      <SheetForm {...sheet} confirm={t("confirmReject")} tone="danger" close={close}>
        <ReasonFields reasons={detail.reasons.reject} wording={wording} change={setWording} />
        {detail.team === "review" ? (
          <Letter text={rejectLetter(detail.application.application_no, wording.text)} />
        ) : (
          <Notice tone="info" text={t("rejectNote")} />
        )}
      </SheetForm>
    </Sheet>
  );
}
