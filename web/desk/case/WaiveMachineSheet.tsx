// The machine need not come back, such as one that was lost: the application goes on without it.
import { useState } from "preact/hooks";
import { Sheet } from "../../shared/staff/ui/Sheet";
import { SheetForm } from "../../shared/staff/ui/SheetForm";
import { t } from "../text";
import type { CaseDetail, MachineMark } from "../types";
import { TextForMerchant } from "../ui/TextForMerchant";
import { announceDone } from "./afterwards";
import { Letter } from "./Letter";
import { mistakeInText } from "./mistakes";
import { Stakes } from "./Stakes";
import type { Case } from "./useCase";
import { useSheet } from "./useSheet";

interface Props {
  current: Case;
  detail: CaseDetail;
  close(): void;
}

export function WaiveMachineSheet({ current, detail, close }: Props) {
  const [why, setWhy] = useState("");
  const problem = mistakeInText(why);
  const body: MachineMark = { result: "waived", reason_text: why.trim() };
  const said = () => announceDone(t("didWaive", { merchant: detail.merchant.name }), detail);
  const sheet = useSheet(current, "machine", () => ({ problem, body }), close, said);

  return (
    <Sheet title={t("waiveTitle")} onClose={close}>
      <SheetForm {...sheet} confirm={t("confirmWaive")} tone="warn" close={close}>
        <Stakes detail={detail} />
        <p>{t("waiveNote")}</p>
        <TextForMerchant label={t("waiveBecause")} text={why} change={setWhy} first />
        <Letter detail={detail} rehearsal={problem === null ? { kind: "machine", body } : null} />
      </SheetForm>
    </Sheet>
  );
}
