// The table of shortcuts, and the switch for people whom single keys disturb.
import { Sheet } from "../../shared/staff/ui/Sheet";
import { shortcutsOn, switchShortcuts } from "../../shared/staff/ui/shortcuts";
import { BOXES, LETTERS } from "../model/route";
import { named, t } from "../text";
import type { TextKey } from "../text/zh";

const SHORTCUTS: readonly (readonly [TextKey, readonly string[]])[] = [
  ["key_next", ["j", "↓"]],
  ["key_previous", ["k", "↑"]],
  ["key_open", ["Enter"]],
  ["key_claim", ["c"]],
  ["key_search", ["/"]],
  ["key_call", ["n"]],
  ["key_write", ["r"]],
  ["key_back", ["u"]],
  ["key_insert", ["Alt 1", "Alt 3"]],
  ["key_dismiss", ["Alt ⇧ 1"]],
  ["key_replies", ["/"]],
  ["key_send", ["Enter"]],
  ["key_break", ["⇧ Enter"]],
  ["key_speaker", ["F2"]],
  ["key_help", ["?"]],
];

export function ShortcutHelp({ isLead, onClose }: { isLead: boolean; onClose: () => void }) {
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
        {BOXES.map((box) => (
          <Shortcut key={box} keys={["g", LETTERS[box]]} words={t("key_goTo", { place: named("box", box) })} />
        ))}
        <Shortcut keys={["g", LETTERS.replies]} words={t("key_goTo", { place: t("replies") })} />
        {isLead && <Shortcut keys={["g", LETTERS.load]} words={t("key_goTo", { place: t("load") })} />}
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
