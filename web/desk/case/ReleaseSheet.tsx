// Lets a held payout go: the second pair of eyes sees once more how much goes where, and why it was held.

import { Sheet } from "../../shared/staff/ui/Sheet";
import { SheetForm } from "../../shared/staff/ui/SheetForm";
import { t } from "../text";
import type { CaseDetail } from "../types";
import { announceDone } from "./afterwards";
import { heldWords } from "./HeldPayout";
import { payoutSum, Stakes } from "./Stakes";
import type { Case } from "./useCase";
import { useSheet } from "./useSheet";

export function ReleaseSheet({ current, detail, close }: { current: Case; detail: CaseDetail; close: () => void }) {
  const said = () => announceDone(t("didRelease", { merchant: detail.merchant.name }), detail);
  const sheet = useSheet(current, "payout/release", () => ({ problem: null, body: {} }), close, said);
  return (
    <Sheet title={t("releaseTitle")} onClose={close}>
      <SheetForm {...sheet} confirm={t("confirmRelease")} tone="primary" close={close}>
        <Stakes detail={detail} amountFen={payoutSum(detail)} />
        {detail.payout && <p>{heldWords(detail.payout)}</p>}
        <p>{t("releaseText")}</p>
      </SheetForm>
    </Sheet>
  );
}
