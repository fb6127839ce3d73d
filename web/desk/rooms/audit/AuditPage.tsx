// The audit trail: who did what to which, before and after, and whether nobody has touched it since.
import { useId } from "preact/hooks";
import type { Asked } from "../../model/rooms";
import { roomHash } from "../../model/route";
import { goTo } from "../../state/route";
import { named, t } from "../../text";
import { useShortcuts } from "../../ui/shortcuts";
import { audit } from "../api";
import { Loaded } from "../Loaded";
import { MoreFoot } from "../MoreFoot";
import type { RoomProps } from "../RoomDoor";
import { RoomFrame } from "../RoomFrame";
import { moveRow } from "../rows";
import { r } from "../text";
import type { AuditEntry, AuditPageOfEntries } from "../types";
import { usePages } from "../usePages";
import { AuditTable } from "./AuditTable";
import "./audit.css";
import { ChainState } from "./ChainState";

const FILTERS = ["application_no", "actor", "action"] as const;

export function AuditPage({ asked }: RoomProps) {
  const filters = Object.fromEntries(FILTERS.map((name) => [name, asked[name] ?? ""]));
  const key = JSON.stringify(filters);
  const read = usePages<AuditEntry, AuditPageOfEntries>(key, (cursor, signal) =>
    audit.list({ ...filters, cursor }, signal),
  );
  useShortcuts({ j: () => moveRow(1), k: () => moveRow(-1) });

  return (
    <RoomFrame title={named("room", "audit")} note={r("auditNote")}>
      <ChainState />
      <AuditFilters key={key} filters={filters} />
      <Loaded
        read={read}
        empty={(page) => (page.items.length === 0 ? { title: r("auditNone"), text: r("auditNoneText") } : null)}
      >
        {(page) => (
          <>
            <AuditTable entries={page.items} filters={filters} />
            <MoreFoot shown={page.items.length} more={page.next_cursor ? read.more : null} />
          </>
        )}
      </Loaded>
    </RoomFrame>
  );
}

function AuditFilters({ filters }: { filters: Asked }) {
  const id = useId();

  function submit(event: SubmitEvent) {
    event.preventDefault();
    const typed = new FormData(event.currentTarget as HTMLFormElement);
    goTo(roomHash("audit", Object.fromEntries(FILTERS.map((name) => [name, String(typed.get(name)).trim()]))));
  }
  return (
    <search>
      <form class="room-filters" onSubmit={submit}>
        {FILTERS.map((name) => (
          <div key={name} class="field">
            <label for={`${id}-${name}`}>{r(`filter_${name}`)}</label>
            <input id={`${id}-${name}`} name={name} class="input" autocomplete="off" defaultValue={filters[name]} />
          </div>
        ))}
        <button type="submit" class="button">
          {r("filter")}
        </button>
        {Object.values(filters).some(Boolean) && (
          <a class="quiet-button" href={roomHash("audit")}>
            {t("clearFilters")}
          </a>
        )}
      </form>
    </search>
  );
}
