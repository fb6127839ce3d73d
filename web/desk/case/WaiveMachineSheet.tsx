// The machine need not come back, such as one that was lost: the application goes on without it.
import { useState } from "preact/hooks";
import { t } from "../text";
import { waivedLetter } from "../text/letters";
import type { CaseDetail, MachineMark } from "../types";
import { Letter } from "../ui/Letter";
import { Sheet } from "../ui/Sheet";
import { SheetForm } from "../ui/SheetForm";
import { TextForMerchant } from "../ui/TextForMerchant";
import { mistakeInText } from "./mistakes";
import type { Case } from "./useCase";
import { useSheet } from "./useSheet";

export function WaiveMachineSheet({
  current,
  detail,
  close,
}: {
  current: Case;
  detail: CaseDetail;
  close: () => void;
}) {
  const [why, setWhy] = useState("");
  const sheet = useSheet(current, "machine", check, close);

  function check() {
    const body: MachineMark = { result: "waived", reason_text: why.trim() };
    return { problem: mistakeInText(why), body };
  }

  return (
    <Sheet title={t("waiveTitle")} onClose={close}>
      <SheetForm {...sheet} confirm={t("confirmWaive")} tone="warn" close={close}>
        <p>{t("waiveNote")}</p>
        <TextForMerchant label={t("waiveBecause")} text={why} change={setWhy} />
        <Letter text={waivedLetter(detail.application.application_no, why)} />
      </SheetForm>
    </Sheet>
  );
}
