// Rejects the application: a reason for the statistics, a text for the merchant, and how to appeal.
import { useState } from "preact/hooks";
import { Sheet } from "../../shared/staff/ui/Sheet";
import { SheetForm } from "../../shared/staff/ui/SheetForm";
import { NO_WORDING } from "../model/wording";
import { t } from "../text";
import type { CaseDecision, CaseDetail } from "../types";
import { ReasonFields } from "../ui/ReasonFields";
import { announceDone } from "./afterwards";
import { Letter } from "./Letter";
import { mistakeIn } from "./mistakes";
import { Stakes } from "./Stakes";
import type { Case } from "./useCase";
import { useSheet } from "./useSheet";

export function RejectSheet({ current, detail, close }: { current: Case; detail: CaseDetail; close: () => void }) {
  const [wording, setWording] = useState(NO_WORDING);
  const problem = mistakeIn(wording);
  const body: CaseDecision = {
    decision: "reject",
    amount_fen: null,
    reason_code: wording.code,
    reason_text: wording.text.trim(),
  };
  const said = () => announceDone(t("didReject", { merchant: detail.merchant.name }), detail);
  const sheet = useSheet(current, "decision", () => ({ problem, body }), close, said);

  return (
    <Sheet title={t("rejectTitle")} onClose={close}>
      <SheetForm {...sheet} confirm={t("confirmReject")} tone="danger" close={close}>
        <Stakes detail={detail} />
        <ReasonFields reasons={detail.reasons.reject} wording={wording} change={setWording} />
        <Letter detail={detail} rehearsal={problem === null ? { kind: "decision", body } : null} />
      </SheetForm>
    </Sheet>
  );
}
