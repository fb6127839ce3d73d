// Does not let a held payout go: the application returns to its reviewer, with the reason.
import { useState } from "preact/hooks";
import { Sheet } from "../../shared/staff/ui/Sheet";
import { SheetForm } from "../../shared/staff/ui/SheetForm";
import { TextBox } from "../../shared/staff/ui/TextBox";
import { TEXT_LIMIT } from "../model/wording";
import { t } from "../text";
import type { CaseDetail } from "../types";
import { announceDone } from "./afterwards";
import { mistakeInText } from "./mistakes";
import { payoutSum, Stakes } from "./Stakes";
import type { Case } from "./useCase";
import { useSheet } from "./useSheet";

interface Props {
  current: Case;
  detail: CaseDetail;
  close(): void;
}

export function RefusePayoutSheet({ current, detail, close }: Props) {
  const [why, setWhy] = useState("");
  const sheet = useSheet(current, "payout/refuse", check, close, () =>
    announceDone(t("didRefuse", { merchant: detail.merchant.name }), detail),
  );

  function check() {
    return { problem: mistakeInText(why, "refuseReasonMissing"), body: { reason_text: why.trim() } };
  }

  return (
    <Sheet title={t("refuseTitle")} onClose={close}>
      <SheetForm {...sheet} confirm={t("confirmRefuse")} tone="danger" close={close}>
        <Stakes detail={detail} amountFen={payoutSum(detail)} />
        <p>{t("refuseText")}</p>
        <TextBox label={t("refuseReason")} text={why} change={setWhy} limit={TEXT_LIMIT} first />
      </SheetForm>
    </Sheet>
  );
}
