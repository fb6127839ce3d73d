import { Loaded } from "../../../shared/staff/ui/Loaded";
import { useShortcuts } from "../../../shared/staff/ui/shortcuts";
import { named } from "../../text";
import { audit } from "../api";
import { MoreFoot } from "../MoreFoot";
import type { RoomProps } from "../props";
import { RoomFrame } from "../RoomFrame";
import { moveRow } from "../rows";
import { r } from "../text";
import type { AuditEntry, AuditPageOfEntries } from "../types";
import { usePages } from "../usePages";
import { AuditFilters, filtersOf } from "./AuditFilters";
import { AuditTable } from "./AuditTable";
import "./audit.css";
import { ChainState } from "./ChainState";

export function AuditPage({ asked }: RoomProps) {
  const filters = filtersOf(asked);
  const key = JSON.stringify(filters);
  const read = usePages<AuditEntry, AuditPageOfEntries>(key, (cursor, signal) =>
    audit.list({ ...filters, cursor }, signal),
  );
  useShortcuts({ j: () => moveRow(1), k: () => moveRow(-1) });

  return (
    <RoomFrame title={named("room", "audit")} note={r("auditNote")}>
      <ChainState />
      <AuditFilters filters={filters} />
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
