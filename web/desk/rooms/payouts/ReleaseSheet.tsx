// Letting a held payout go: the sheet repeats what is signed, and its button names the amount.
import { formatFen } from "../../../shared/format";
import { announce } from "../../../shared/staff/ui/announce";
import { Sheet } from "../../../shared/staff/ui/Sheet";
import { SheetForm } from "../../../shared/staff/ui/SheetForm";
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

export function ReleaseSheet({ line, close, changed }: Props) {
  const { busy, problem, send } = usePayoutSend(changed);
  const amount = formatFen(line.amount_fen);
  const words = { amount, merchant: line.merchant_name, bank: line.account.bank, tail: line.account.tail };

  async function submit() {
    const { application_no, version } = line;
    if (!(await send(line.refund_no, (key) => payouts.release(application_no, version, key)))) return;
    announce(r("released", words));
    close();
  }

  return (
    <Sheet title={r("releaseTitle")} onClose={close}>
      <SheetForm
        busy={busy}
        problem={problem}
        submit={() => void submit()}
        confirm={r("releaseAmount", { amount })}
        tone="primary"
        close={close}
      >
        <Signed line={line} />
        <p>{r("releaseAsk", words)}</p>
      </SheetForm>
    </Sheet>
  );
}
