// Starts a failed payout again; the service asks the bank first what became of the last attempt.

import { Sheet } from "../../shared/staff/ui/Sheet";
import { SheetForm } from "../../shared/staff/ui/SheetForm";
import { t } from "../text";
import type { CaseDetail } from "../types";
import { announceDone } from "./afterwards";
import { payoutSum, Stakes } from "./Stakes";
import type { Case } from "./useCase";
import { useSheet } from "./useSheet";

export function RetryPayoutSheet({ current, detail, close }: { current: Case; detail: CaseDetail; close: () => void }) {
  const said = () => announceDone(t("didRetry", { merchant: detail.merchant.name }), detail);
  const sheet = useSheet(current, "payout/retry", () => ({ problem: null, body: {} }), close, said);
  return (
    <Sheet title={t("retryPayoutTitle")} onClose={close}>
      <SheetForm {...sheet} confirm={t("confirmRetryPayout")} tone="primary" close={close}>
        <Stakes detail={detail} amountFen={payoutSum(detail)} />
        <p>{t("retryPayoutText")}</p>
      </SheetForm>
    </Sheet>
  );
}
