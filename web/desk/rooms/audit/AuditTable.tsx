// The entries of the trail, newest first; each opens to show what was there before and after.
// biome-ignore-all lint/a11y/noRedundantRoles: Safari forgets that it is a table once CSS makes cards of its rows
import { formatDayTime } from "../../../shared/format";
import type { Asked } from "../../model/rooms";
import { caseHash, roomHash } from "../../model/route";
import { locale } from "../../text";
import { r } from "../text";
import type { AuditEntry } from "../types";
import { Changes } from "./Changes";
import { changesOf } from "./diff";
import { actionWord, actorWord, valueWords } from "./words";

const APPLICATION = /^(?:application:)?(SQ[0-9A-Z]+)$/;
const COLUMNS = ["columnWhen", "columnWho", "columnWhat", "columnTarget", "columnChange"] as const;

export function AuditTable({ entries, filters }: { entries: readonly AuditEntry[]; filters: Asked }) {
  return (
    <table class="room-table audit-table" role="table" aria-label={r("auditEntries")}>
      <thead role="rowgroup">
        <tr role="row">
          {COLUMNS.map((key) => (
            <th key={key} role="columnheader" scope="col">
              {r(key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {entries.map((entry) => (
          <EntryRow key={entry.id} entry={entry} filters={filters} />
        ))}
      </tbody>
    </table>
  );
}

function EntryRow({ entry, filters }: { entry: AuditEntry; filters: Asked }) {
  const changes = changesOf(entry.before, entry.after, valueWords);
  return (
    <tr role="row" data-row={entry.id} tabIndex={-1}>
      <td role="cell" class="cell-time">
        {formatDayTime(entry.at, locale)}
      </td>
      <td role="cell">
        <a class="plain-link" href={roomHash("audit", { ...filters, actor: entry.actor })}>
          {entry.actor_name ?? actorWord(entry.actor)}
        </a>
      </td>
      <th role="rowheader" scope="row">
        <a class="plain-link" href={roomHash("audit", { ...filters, action: entry.action })}>
          {actionWord(entry.action)}
        </a>
        {entry.why && <span class="cell-under">{r("because", { why: entry.why })}</span>}
      </th>
      <td role="cell">
        <Target target={entry.target} />
      </td>
      <td role="cell" class="cell-change">
        {changes.length > 0 ? <Changes changes={changes} /> : <span class="soft">{r("noChange")}</span>}
      </td>
    </tr>
  );
}

function Target({ target }: { target: string }) {
  const applicationNo = APPLICATION.exec(target)?.[1];
  if (!applicationNo) return <span class="code">{target}</span>;
  return (
    <a class="code" href={caseHash(applicationNo)}>
      {applicationNo}
    </a>
  );
}
