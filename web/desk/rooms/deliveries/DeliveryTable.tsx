// Messages with where they go, how often they were tried and what was wrong; a dead one can be sent again.
// biome-ignore-all lint/a11y/noRedundantRoles: Safari forgets that it is a table once CSS makes cards of its rows
import { formatDayTime } from "../../../shared/format";
import { announce } from "../../../shared/staff/ui/announce";
import { Notice } from "../../../shared/staff/ui/Notice";
import { caseHash } from "../../model/route";
import { locale, t } from "../../text";
import { deliveries } from "../api";
import { r, roomWord } from "../text";
import type { Delivery } from "../types";
import { useSend } from "../useSend";

const COLUMNS = ["columnCreated", "columnEvent", "columnTo", "columnTries"] as const;

interface Props {
  lines: readonly Delivery[];
  mayRequeue: boolean;
  requeued(): void;
}

export function DeliveryTable({ lines, mayRequeue, requeued }: Props) {
  return (
    <table class="room-table delivery-table" role="table" aria-label={r("deliveries")}>
      <thead role="rowgroup">
        <tr role="row">
          {COLUMNS.map((key) => (
            <th key={key} role="columnheader" scope="col">
              {r(key)}
            </th>
          ))}
          <th role="columnheader" scope="col">
            <span class="visually-hidden">{r("columnDo")}</span>
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {lines.map((line) => (
          <DeliveryRow key={line.id} line={line} mayRequeue={mayRequeue} requeued={requeued} />
        ))}
      </tbody>
    </table>
  );
}

function DeliveryRow({ line, mayRequeue, requeued }: { line: Delivery } & Omit<Props, "lines">) {
  return (
    <tr role="row" data-row={line.id} tabIndex={-1}>
      <td role="cell" class="cell-time">
        {formatDayTime(line.created_at, locale)}
      </td>
      <th role="rowheader" scope="row">
        {roomWord("event", line.event)}
        {line.application_no && (
          <a class="code" href={caseHash(line.application_no)}>
            {line.application_no}
          </a>
        )}
      </th>
      <td role="cell">
        {roomWord("channel", line.channel)}
        <span class="cell-under">{line.to}</span>
      </td>
      <td role="cell" class="cell-tries">
        {r("tries", { count: line.attempts })}
        {line.error && <span class="cell-error">{line.error}</span>}
        {line.state === "pending" && line.next_at && (
          <span class="cell-under">{r("nextAt", { time: formatDayTime(line.next_at, locale) })}</span>
        )}
      </td>
      <td role="cell" class="cell-do">
        {mayRequeue && line.state === "dead" && <Requeue line={line} requeued={requeued} />}
      </td>
    </tr>
  );
}

function Requeue({ line, requeued }: { line: Delivery; requeued(): void }) {
  const { busy, problem, send } = useSend();

  async function requeue() {
    if (!(await send(line.id, (key) => deliveries.requeue(line.id, key)))) return;
    announce(r("requeued", { to: line.to }));
    requeued();
  }
  return (
    <>
      <button type="button" class="button button-small" aria-disabled={busy} onClick={() => void requeue()}>
        {busy ? t("working") : r("requeue")}
        <span class="visually-hidden">{line.to}</span>
      </button>
      {problem && <Notice tone="danger" text={problem} />}
    </>
  );
}
