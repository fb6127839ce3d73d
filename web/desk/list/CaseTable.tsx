// The applications as a table; on narrow screens each row becomes a card (the roles keep it a table for screen readers).
// biome-ignore-all lint/a11y/noRedundantRoles: Safari forgets that it is a table once CSS makes cards of its rows

import { StateBadge } from "../../shared/components/StateBadge";
import { formatFen } from "../../shared/format";
import { applicationTone } from "../../shared/tones";
import { caseHash } from "../model/route";
import { named, t } from "../text";
import type { CaseLine } from "../types";
import { DueMark } from "../ui/DueMark";
import { AttentionMarks } from "./AttentionMarks";
import { DocumentMeter } from "./DocumentMeter";

interface Props {
  lines: readonly CaseLine[];
  /** Numbers of rows that do not belong here any more. */
  left: ReadonlySet<string>;
}

export function CaseTable({ lines, left }: Props) {
  return (
    <table class="case-table" role="table" aria-label={t("listTitle")}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            {t("columnDue")}
          </th>
          <th role="columnheader" scope="col">
            {t("columnMerchant")}
          </th>
          <th role="columnheader" scope="col">
            {t("columnCase")}
          </th>
          <th role="columnheader" scope="col" class="number">
            {t("columnAmount")}
          </th>
          <th role="columnheader" scope="col">
            {t("columnDocuments")}
          </th>
          <th role="columnheader" scope="col">
            {t("columnState")}
          </th>
          <th role="columnheader" scope="col">
            {t("columnAssignee")}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {lines.map((line) => (
          <CaseRow key={line.application_no} line={line} gone={left.has(line.application_no)} />
        ))}
      </tbody>
    </table>
  );
}

function CaseRow({ line, gone }: { line: CaseLine; gone: boolean }) {
  return (
    <tr role="row" class={gone ? "case-row case-row-gone" : "case-row"}>
      <td role="cell" class="cell-due">
        <DueMark deadline={line.deadline} />
      </td>
      <th role="rowheader" scope="row" class="cell-merchant">
        <a class="case-link" href={caseHash(line.application_no)}>
          {line.merchant_name}
        </a>
        {line.merchant_no && <span class="code">{line.merchant_no}</span>}
      </th>
      <td role="cell" class="cell-case">
        <span>{line.label}</span>
        <span class="cell-note">
          <span class="code">{line.application_no}</span>
          <span class="soft">{named("team", line.team)}</span>
        </span>
      </td>
      <td role="cell" class="cell-amount number">
        {line.amount_fen === null ? <span class="soft">{t("noAmount")}</span> : formatFen(line.amount_fen)}
      </td>
      <td role="cell" class="cell-documents">
        <DocumentMeter {...line.documents} />
      </td>
      <td role="cell" class="cell-state">
        {gone ? (
          <span class="soft">{t("rowGone")}</span>
        ) : (
          <StateBadge tone={applicationTone(line.state)}>{named("state", line.state, line.state_title)}</StateBadge>
        )}
        <AttentionMarks attention={line.attention ?? []} />
      </td>
      <td role="cell" class={`cell-assignee ${line.assignee ? "" : "soft"}`}>
        {line.assignee ?? t("unassigned")}
      </td>
    </tr>
  );
}
