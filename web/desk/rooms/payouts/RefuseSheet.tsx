// Giving a held payout back to review: nothing is paid, and the reviewer reads why.
import { useState } from "preact/hooks";
import { formatFen } from "../../../shared/format";
import { announce } from "../../../shared/staff/ui/announce";
import { Sheet } from "../../../shared/staff/ui/Sheet";
import { SheetForm } from "../../../shared/staff/ui/SheetForm";
import { TextBox } from "../../../shared/staff/ui/TextBox";
import { TEXT_LIMIT } from "../../model/wording";
import { payouts } from "../api";
import { r } from "../text";
import type { PayoutLine } from "../types";
import { Signed } from "./Signed";
import { usePayoutSend } from "./usePayoutSend";

interface Props {
  line: PayoutLine;
  close(): void;
  changed(): void;
}

export function RefuseSheet({ line, close, changed }: Props) {
  const [why, setWhy] = useState("");
  const { busy, problem, refuse, send } = usePayoutSend(changed);
  const words = { amount: formatFen(line.amount_fen), merchant: line.merchant_name, tail: line.account.tail };

  async function submit() {
    const reason = why.trim();
    if (reason === "") return refuse(r("refuseMissing"));
    if (reason.length > TEXT_LIMIT) return refuse(r("tooLong", { limit: TEXT_LIMIT }));
    const { application_no, version } = line;
    if (!(await send([line.refund_no, reason], (key) => payouts.refuse(application_no, reason, version, key)))) return;
    announce(r("refused", words));
    close();
  }

  return (
    <Sheet title={r("refuseTitle")} onClose={close}>
      <SheetForm
        busy={busy}
        problem={problem}
        submit={() => void submit()}
        confirm={r("refuseConfirm")}
        tone="danger"
        close={close}
      >
        <Signed line={line} />
        <p>{r("refuseAsk", words)}</p>
        <TextBox label={r("refuseWhy")} text={why} change={setWhy} limit={TEXT_LIMIT} />
      </SheetForm>
    </Sheet>
  );
}
