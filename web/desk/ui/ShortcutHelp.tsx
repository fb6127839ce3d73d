// The shortcuts of the desk.

import { Shortcut, ShortcutSheet } from "../../shared/staff/ui/ShortcutSheet";
import { ROOM_LETTERS, type RoomName } from "../model/rooms";
import { named, t } from "../text";
import type { TextKey } from "../text/zh";

const SHORTCUTS: readonly (readonly [TextKey, readonly string[]])[] = [
  ["key_next", ["j", "↓"]],
  ["key_previous", ["k", "↑"]],
  ["key_open", ["o", "Enter"]],
  ["key_takeNext", ["n"]],
  ["key_search", ["/"]],
  ["key_refresh", ["."]],
  ["key_claim", ["c"]],
  ["key_accept", ["a"]],
  ["key_sendBack", ["r"]],
  ["key_decide", ["⇧A", "⇧R", "⇧M"]],
  ["key_payout", ["⇧P", "⇧F", "⇧B", "⇧T"]],
  ["key_machine", ["⇧V", "⇧W"]],
  ["key_choose", ["1", "9"]],
  ["key_confirm", ["Ctrl ↵"]],
  ["key_zoom", ["+", "-", "0"]],
  ["key_turn", ["[", "]"]],
  ["key_talk", ["t", "o", "y", "h"]],
  ["key_back", ["u"]],
  ["key_help", ["?"]],
];

const PAYOUT_SHORTCUTS: readonly (readonly [TextKey, readonly string[]])[] = [
  ["key_choosePayout", ["x"]],
  ["key_bankList", ["l"]],
];

export function ShortcutHelp({ rooms, onClose }: { rooms: readonly RoomName[]; onClose: () => void }) {
  return (
    <ShortcutSheet onClose={onClose}>
      {SHORTCUTS.map(([key, keys]) => (
        <Shortcut key={key} keys={keys} words={t(key)} />
      ))}
      {rooms.includes("payouts") &&
        PAYOUT_SHORTCUTS.map(([key, keys]) => <Shortcut key={key} keys={keys} words={t(key)} />)}
      {[...rooms, "account" as const].map((name) => (
        <Shortcut key={name} keys={["g", ROOM_LETTERS[name]]} words={t("key_goTo", { room: named("room", name) })} />
      ))}
    </ShortcutSheet>
  );
}
