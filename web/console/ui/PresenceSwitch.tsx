// Whether new conversations may come to me, and how many at a time.
import { useId, useState } from "preact/hooks";
import { announce } from "../../shared/staff/ui/announce";
import { sentenceFor } from "../../shared/staff/ui/sentence";
import { me, setPresence } from "../state/me";
import { t } from "../text";
import type { Presence } from "../types";

const CAPACITIES = [1, 2, 3, 4, 5, 6, 8, 10];

export function PresenceSwitch() {
  const id = useId();
  const [busy, setBusy] = useState(false);
  const presence = me.value?.presence;
  if (!presence) return null;
  const ready = presence.state === "ready";

  async function change(wanted: Partial<Presence>) {
    if (busy) return;
    setBusy(true);
    try {
      await setPresence(wanted);
    } catch (why) {
      announce(sentenceFor(why));
    } finally {
      setBusy(false);
    }
  }
  return (
    <div class="presence">
      <button
        type="button"
        role="switch"
        class={`presence-switch ${ready ? "presence-ready" : ""}`}
        aria-checked={ready}
        aria-disabled={busy}
        aria-label={t("presence")}
        onClick={() => void change({ state: ready ? "paused" : "ready" })}
      >
        <span class="presence-dot" aria-hidden="true" />
        {t(ready ? "ready" : "paused")}
      </button>
      <label class="visually-hidden" for={id}>
        {t("capacity")}
      </label>
      <select
        id={id}
        class="presence-capacity"
        value={presence.capacity}
        onChange={(event) => void change({ capacity: Number(event.currentTarget.value) })}
      >
        {[...new Set([...CAPACITIES, presence.capacity])]
          .sort((left, right) => left - right)
          .map((count) => (
            <option key={count} value={count}>
              {t("capacityOf", { count })}
            </option>
          ))}
      </select>
    </div>
  );
}
