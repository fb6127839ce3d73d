// The table of shortcuts, and the switch for people whom single keys disturb.

import { t } from "../text";
import type { TextKey } from "../text/zh";
import { Sheet } from "./Sheet";
import { shortcutsOn, switchShortcuts } from "./shortcuts";

const SHORTCUTS: readonly (readonly [TextKey, readonly string[]])[] = [
  ["key_next", ["j"]],
  ["key_previous", ["k"]],
  ["key_open", ["Enter"]],
  ["key_search", ["/"]],
  ["key_accept", ["a"]],
  ["key_sendBack", ["s"]],
  ["key_zoom", ["+", "-", "0"]],
  ["key_turn", ["r"]],
  ["key_back", ["u"]],
  ["key_help", ["?"]],
];

export function ShortcutHelp({ onClose }: { onClose: () => void }) {
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
          <div key={key}>
            <dt>
              {keys.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{t(key)}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
