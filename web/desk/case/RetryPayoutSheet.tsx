// Starts a failed payout again; the service asks the bank first what became of the last attempt.
import { t } from "../text";
import type { CaseDetail } from "../types";
import { Sheet } from "../ui/Sheet";
import { SheetForm } from "../ui/SheetForm";
import type { Case } from "./useCase";
import { useSheet } from "./useSheet";

export function RetryPayoutSheet({ current, close }: { current: Case; detail: CaseDetail; close: () => void }) {
  const sheet = useSheet(current, "payout/retry", () => ({ problem: null, body: {} }), close);
  return (
    <Sheet title={t("retryPayoutTitle")} onClose={close}>
      <SheetForm {...sheet} confirm={t("confirmRetryPayout")} tone="primary" close={close}>
        <p>{t("retryPayoutText")}</p>
      </SheetForm>
    </Sheet>
  );
}
