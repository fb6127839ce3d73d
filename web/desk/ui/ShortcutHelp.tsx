// The table of shortcuts, and the switch for people whom single keys disturb.

import { Sheet } from "../../shared/staff/ui/Sheet";
import { shortcutsOn, switchShortcuts } from "../../shared/staff/ui/shortcuts";
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
    <Sheet title={t("shortcuts")} kind="centred" onClose={onClose}>
      <label class="check">
        <input
          type="checkbox"
          checked={shortcutsOn.value}
          onChange={(event) => switchShortcuts(event.currentTarget.checked)}
        />
        {t("shortcutsOn")}
      </label>
      <p class="soft small">{t("shortcutsNote")}</p>
      <dl class="shortcut-table">
        {SHORTCUTS.map(([key, keys]) => (
          <Shortcut key={key} keys={keys} words={t(key)} />
        ))}
        {rooms.includes("payouts") &&
          PAYOUT_SHORTCUTS.map(([key, keys]) => <Shortcut key={key} keys={keys} words={t(key)} />)}
        {[...rooms, "account" as const].map((name) => (
          <Shortcut key={name} keys={["g", ROOM_LETTERS[name]]} words={t("key_goTo", { room: named("room", name) })} />
        ))}
      </dl>
    </Sheet>
  );
}

function Shortcut({ keys, words }: { keys: readonly string[]; words: string }) {
  return (
    <div>
      <dt>
        {keys.map((name) => (
          <kbd key={name}>{name}</kbd>
        ))}
      </dt>
      <dd>{words}</dd>
    </div>
  );
}
