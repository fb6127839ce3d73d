// Records what the bank did, one payout after the other: the reference, Enter, the next. Escape stops; what is done is done.
import { useState } from "preact/hooks";
import { formatFen } from "../../../shared/format";
import { announce } from "../../../shared/staff/ui/announce";
import { Sheet } from "../../../shared/staff/ui/Sheet";
import { r } from "../text";
import type { PayoutLine } from "../types";
import { MarkForm } from "./MarkForm";

interface Props {
  lines: readonly PayoutLine[];
  close(): void;
  changed(): void;
}

export function MarkSheet({ lines, close, changed }: Props) {
  // The lines as they were when the sheet opened: the list behind it shrinks while it is worked through.
  const [todo] = useState(lines);
  const [place, setPlace] = useState(0);
  const line = todo[place];

  function goOn() {
    if (place + 1 < todo.length) setPlace(place + 1);
    else close();
  }
  function marked(done: PayoutLine, paid: boolean) {
    const words = { amount: formatFen(done.amount_fen), merchant: done.merchant_name };
    announce(r(paid ? "markedPaid" : "markedFailed", words));
    changed();
    goOn();
  }

  if (!line) return null;
  return (
    <Sheet title={r("markTitle", { place: place + 1, all: todo.length })} onClose={close}>
      <MarkForm
        key={line.refund_no}
        line={line}
        last={place + 1 === todo.length}
        marked={(paid) => marked(line, paid)}
        skip={goOn}
        changed={changed}
      />
    </Sheet>
  );
}
