// Which sheet is open over the payouts.
import type { PayoutLine } from "../types";
import { BankListSheet } from "./BankListSheet";
import { MarkSheet } from "./MarkSheet";
import { RefuseSheet } from "./RefuseSheet";
import { ReleaseSheet } from "./ReleaseSheet";

export type SheetKind = "release" | "refuse" | "list" | "mark";

interface Props {
  kind: SheetKind;
  lines: readonly PayoutLine[];
  close(): void;
  /** Something was done: the list has to be read again. */
  changed(): void;
}

export function PayoutSheets({ kind, lines, close, changed }: Props) {
  const [line] = lines;
  if (!line) return null;
  if (kind === "list") return <BankListSheet lines={lines} close={close} />;
  if (kind === "mark") return <MarkSheet lines={lines} close={close} changed={changed} />;
  const Sheet = kind === "release" ? ReleaseSheet : RefuseSheet;
  return <Sheet line={line} close={close} changed={changed} />;
}
