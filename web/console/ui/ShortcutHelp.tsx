// The shortcuts of the console.
import { Shortcut, ShortcutSheet } from "../../shared/staff/ui/ShortcutSheet";
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
    <ShortcutSheet onClose={onClose}>
      {SHORTCUTS.map(([key, keys]) => (
        <Shortcut key={key} keys={keys} words={t(key)} />
      ))}
      {BOXES.map((box) => (
        <Shortcut key={box} keys={["g", LETTERS[box]]} words={t("key_goTo", { place: named("box", box) })} />
      ))}
      <Shortcut keys={["g", LETTERS.replies]} words={t("key_goTo", { place: t("replies") })} />
      {isLead && <Shortcut keys={["g", LETTERS.load]} words={t("key_goTo", { place: t("load") })} />}
    </ShortcutSheet>
  );
}
