// The machine has come back: as it should, or with something wrong that the merchant has to hear about.
import { useId, useState } from "preact/hooks";
import { t } from "../text";
import { mismatchLetter } from "../text/letters";
import type { CaseDetail, MachineMark } from "../types";
import { Letter } from "../ui/Letter";
import { Sheet } from "../ui/Sheet";
import { SheetForm } from "../ui/SheetForm";
import { TextForMerchant } from "../ui/TextForMerchant";
import { terminalOf } from "./Answers";
import { mistakeInText } from "./mistakes";
import type { Case } from "./useCase";
import { useSheet } from "./useSheet";

export function MachineSheet({ current, detail, close }: { current: Case; detail: CaseDetail; close: () => void }) {
  const [result, setResult] = useState<MachineMark["result"]>("accepted");
  const [why, setWhy] = useState("");
  const group = useId();
  const sheet = useSheet(current, "machine", check, close);
  const accepted = result === "accepted";
  const terminal = terminalOf(detail.application);

  function check() {
    const body: MachineMark = { result, reason_text: accepted ? null : why.trim() };
    return { problem: accepted ? null : mistakeInText(why), body };
  }

  return (
    <Sheet title={t("machineTitle")} onClose={close}>
      <SheetForm {...sheet} confirm={t("confirmMachine")} tone={accepted ? "ok" : "warn"} close={close}>
        {terminal && <p class="payout-sum">{terminal}</p>}
        <fieldset class="reasons">
          <legend>{t("machineResult")}</legend>
          <label class="reason">
            <input type="radio" name={group} checked={accepted} onChange={() => setResult("accepted")} />
            {t("machineAccepted")}
          </label>
          <label class="reason">
            <input type="radio" name={group} checked={!accepted} onChange={() => setResult("mismatch")} />
            {t("machineMismatch")}
          </label>
        </fieldset>
        {!accepted && (
          <>
            <TextForMerchant label={t("machineWhatIsWrong")} text={why} change={setWhy} />
            <Letter text={mismatchLetter(why)} />
          </>
        )}
      </SheetForm>
    </Sheet>
  );
}
