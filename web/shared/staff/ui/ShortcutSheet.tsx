// The table of shortcuts, and the switch for people whom single keys disturb.
import type { ComponentChildren } from "preact";
import { t } from "../text";
import { Sheet } from "./Sheet";
import { shortcutsOn, switchShortcuts } from "./shortcuts";

export function ShortcutSheet({ onClose, children }: { onClose: () => void; children: ComponentChildren }) {
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
      <dl class="shortcut-table">{children}</dl>
    </Sheet>
  );
}

export function Shortcut({ keys, words }: { keys: readonly string[]; words: string }) {
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
