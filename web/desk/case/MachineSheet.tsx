// The machine has come back: as it should, or with something wrong that the merchant has to hear about.
import { useId, useState } from "preact/hooks";
import { Sheet } from "../../shared/staff/ui/Sheet";
import { SheetForm } from "../../shared/staff/ui/SheetForm";
import { t } from "../text";
import type { CaseDetail, MachineMark } from "../types";
import { Choice } from "../ui/Choice";
import { Choices } from "../ui/Choices";
import { TextForMerchant } from "../ui/TextForMerchant";
import { terminalOf } from "./Answers";
import { announceDone } from "./afterwards";
import { Letter } from "./Letter";
import { mistakeInText } from "./mistakes";
import { Stakes } from "./Stakes";
import type { Case } from "./useCase";
import { useSheet } from "./useSheet";

export function MachineSheet({ current, detail, close }: { current: Case; detail: CaseDetail; close: () => void }) {
  const [result, setResult] = useState<MachineMark["result"]>("accepted");
  const [why, setWhy] = useState("");
  const group = useId();
  const accepted = result === "accepted";
  const problem = accepted ? null : mistakeInText(why);
  const body: MachineMark = { result, reason_text: accepted ? null : why.trim() };
  const terminal = terminalOf(detail.application);
  const sheet = useSheet(
    current,
    "machine",
    () => ({ problem, body }),
    close,
    () => announceDone(t(accepted ? "didMachine" : "didMismatch", { merchant: detail.merchant.name }), detail),
  );

  return (
    <Sheet title={t("machineTitle")} onClose={close}>
      <SheetForm {...sheet} confirm={t("confirmMachine")} tone={accepted ? "ok" : "warn"} close={close}>
        <Stakes detail={detail} />
        {terminal && <p class="payout-sum">{terminal}</p>}
        <Choices legend={t("machineResult")}>
          <Choice group={group} checked={accepted} first choose={() => setResult("accepted")}>
            {t("machineAccepted")}
          </Choice>
          <Choice group={group} checked={!accepted} choose={() => setResult("mismatch")}>
            {t("machineMismatch")}
          </Choice>
        </Choices>
        {!accepted && <TextForMerchant label={t("machineWhatIsWrong")} text={why} change={setWhy} />}
        <Letter detail={detail} rehearsal={problem === null ? { kind: "machine", body } : null} />
      </SheetForm>
    </Sheet>
  );
}
