// The payouts: those that wait for a second pair of eyes, those that are on their way, and what became of the others.
import { useState } from "preact/hooks";
import { Loaded } from "../../../shared/staff/ui/Loaded";
import { useShortcuts } from "../../../shared/staff/ui/shortcuts";
import { usePolling } from "../../../shared/staff/ui/usePolling";
import { roomHash } from "../../model/route";
import { named } from "../../text";
import { payouts } from "../api";
import { MoreFoot } from "../MoreFoot";
import type { RoomProps } from "../props";
import { RoomFrame } from "../RoomFrame";
import { focusedRow, moveRow } from "../rows";
import { Tabs } from "../Tabs";
import { r, roomWord } from "../text";
import type { PayoutLine, PayoutPage, PayoutTab } from "../types";
import { usePages } from "../usePages";
import { ChosenBar } from "./ChosenBar";
import { PayoutTable } from "./PayoutTable";
import "./payouts.css";
import { PayoutSheets, type SheetKind } from "./PayoutSheets";
import { mayRefuse } from "./rules";
import { useChosen } from "./useChosen";

const TABS: readonly PayoutTab[] = ["held", "open", "paid", "failed", "all"];
const POLL_MS = 15_000;

function tabOf(word: string | undefined): PayoutTab {
  return TABS.find((tab) => tab === word) ?? "held";
}

export function PayoutsPage({ asked, session }: RoomProps) {
  const tab = tabOf(asked.tab);
  const read = usePages<PayoutLine, PayoutPage>(tab, (cursor, signal) => payouts.list(tab, cursor, signal));
  usePolling(read.reload, POLL_MS);
  const lines = read.value?.items ?? [];
  const chosen = useChosen(lines, tab);
  const [sheet, setSheet] = useState<{ kind: SheetKind; lines: readonly PayoutLine[] } | null>(null);

  function open(kind: SheetKind, which: readonly PayoutLine[]) {
    if (which.length > 0) setSheet({ kind, lines: which });
  }
  /** Recording goes through all that can be recorded when none is chosen; a list is made of chosen ones only. */
  function openFor(kind: SheetKind) {
    open(kind, chosen.lines.length > 0 || kind === "list" ? chosen.lines : lines.filter((line) => line.may_mark));
  }
  function openFocused(kind: SheetKind, fits: (line: PayoutLine) => boolean) {
    open(
      kind,
      lines.filter((line) => line.refund_no === focusedRow() && fits(line)),
    );
  }
  useShortcuts({
    j: () => moveRow(1),
    k: () => moveRow(-1),
    x: () => chosen.toggle(focusedRow()),
    P: () => openFocused("release", (line) => line.may_release),
    F: () => openFocused("refuse", (line) => mayRefuse(line, session)),
    l: () => openFor("list"),
    B: () => openFor("mark"),
  });

  return (
    <RoomFrame title={named("room", "payouts")} note={r(`payoutsNote_${tab}`)}>
      <Tabs
        label={r("payoutTabs")}
        current={tab}
        tabs={TABS.map((key) => ({
          key,
          title: roomWord("payoutTab", key),
          href: roomHash("payouts", { tab: key }),
          count: read.value?.counts[key],
        }))}
      />
      <Loaded
        read={read}
        empty={(page) => (page.items.length === 0 ? { title: r("payoutsNone"), text: r(`payoutsNone_${tab}`) } : null)}
      >
        {(page) => (
          <>
            <PayoutTable
              lines={page.items}
              session={session}
              chosen={chosen}
              open={(kind, line) => open(kind, [line])}
            />
            <MoreFoot shown={page.items.length} more={page.next_cursor ? read.more : null} />
          </>
        )}
      </Loaded>
      {chosen.possible && <ChosenBar chosen={chosen} open={openFor} />}
      {sheet && <PayoutSheets {...sheet} close={() => setSheet(null)} changed={read.reload} />}
    </RoomFrame>
  );
}
