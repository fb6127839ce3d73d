// Fetches the list with full account numbers, to be paid at the bank. Who fetches it says why.
import { useState } from "preact/hooks";
import { dayKey, formatFen } from "../../../shared/format";
import { announce } from "../../../shared/staff/ui/announce";
import { Notice } from "../../../shared/staff/ui/Notice";
import { Sheet } from "../../../shared/staff/ui/Sheet";
import { SheetForm } from "../../../shared/staff/ui/SheetForm";
import { TextBox } from "../../../shared/staff/ui/TextBox";
import { payouts } from "../api";
import { saveFile } from "../save";
import { r } from "../text";
import type { PayoutLine } from "../types";
import { useSend } from "../useSend";
import { sumOf } from "./rules";

const REASON_LIMIT = 200;

export function BankListSheet({ lines, close }: { lines: readonly PayoutLine[]; close(): void }) {
  const [why, setWhy] = useState("");
  const { busy, problem, refuse, send } = useSend();
  const numbers = lines.map((line) => line.refund_no);

  async function submit() {
    const reason = why.trim();
    if (reason.length < 2 || reason.length > REASON_LIMIT) return refuse(r("listWhyWrong", { limit: REASON_LIMIT }));
    const sent = await send(null, () => payouts.bankList(numbers, reason));
    if (sent === null) return;
    saveFile(sent.answer, `${r("listFile")}-${dayKey(new Date().toISOString())}.csv`);
    announce(r("listSaved", { count: lines.length }));
    close();
  }

  return (
    <Sheet title={r("bankList")} onClose={close}>
      <SheetForm
        busy={busy}
        problem={problem}
        submit={() => void submit()}
        confirm={r("listConfirm", { count: lines.length })}
        tone="primary"
        close={close}
      >
        <p class="signed-amount">{formatFen(sumOf(lines))}</p>
        <p>{r("listWhat", { count: lines.length })}</p>
        <Notice tone="warn" text={r("listNote")} />
        <TextBox label={r("listWhy")} text={why} change={setWhy} limit={REASON_LIMIT} />
      </SheetForm>
    </Sheet>
  );
}
