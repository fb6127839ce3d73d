// The payouts as a table, cards where it is narrow: amount, account, why one is held and who approved it.
// biome-ignore-all lint/a11y/noRedundantRoles: Safari forgets that it is a table once CSS makes cards of its rows
import { StateBadge, type Tone } from "../../../shared/components/StateBadge";
import { formatDayTime, formatFen } from "../../../shared/format";
import type { Session } from "../../../shared/staff/types";
import { caseHash } from "../../model/route";
import { locale, named, t } from "../../text";
import { r } from "../text";
import type { PayoutLine, PayoutState } from "../types";
import { AccountWords } from "./AccountWords";
import type { SheetKind } from "./PayoutSheets";
import { isOwnApproval, mayRefuse } from "./rules";
import type { Chosen } from "./useChosen";

const TONES: Readonly<Record<PayoutState, Tone>> = {
  held: "warn",
  requested: "info",
  accepted: "info",
  paid: "ok",
  failed: "danger",
  abnormal: "danger",
  void: "neutral",
};

interface Props {
  lines: readonly PayoutLine[];
  session: Session;
  chosen: Chosen;
  open(kind: SheetKind, line: PayoutLine): void;
}

export function PayoutTable({ lines, session, chosen, open }: Props) {
  return (
    <table class="room-table payout-table" role="table" aria-label={r("payouts")}>
      <thead role="rowgroup">
        <tr role="row">
          {chosen.possible && (
            <th role="columnheader" scope="col" class="cell-check">
              <input type="checkbox" aria-label={r("chooseAll")} checked={chosen.all} onChange={chosen.toggleAll} />
            </th>
          )}
          {(["columnMerchant", "columnAmount", "columnAccount", "columnHeld", "columnApproved"] as const).map((key) => (
            <th key={key} role="columnheader" scope="col" class={key === "columnAmount" ? "number" : undefined}>
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
          <PayoutRow key={line.refund_no} line={line} session={session} chosen={chosen} open={open} />
        ))}
      </tbody>
    </table>
  );
}

function PayoutRow({ line, session, chosen, open }: Omit<Props, "lines"> & { line: PayoutLine }) {
  return (
    <tr role="row" class="payout-row" data-row={line.refund_no} tabIndex={-1}>
      {chosen.possible && (
        <td role="cell" class="cell-check">
          {line.may_mark && (
            <input
              type="checkbox"
              aria-label={r("choose", { merchant: line.merchant_name, amount: formatFen(line.amount_fen) })}
              checked={chosen.has(line.refund_no)}
              onChange={() => chosen.toggle(line.refund_no)}
            />
          )}
        </td>
      )}
      <th role="rowheader" scope="row" class="cell-merchant">
        <a href={caseHash(line.application_no)}>{line.merchant_name}</a>
        <span class="cell-under">{line.label}</span>
        <span class="code">{line.refund_no}</span>
      </th>
      <td role="cell" class="cell-amount number">
        {formatFen(line.amount_fen)}
      </td>
      <td role="cell" class="cell-account">
        <AccountWords account={line.account} />
      </td>
      <td role="cell" class="cell-held">
        <StateBadge tone={TONES[line.state]}>{named("payout", line.state)}</StateBadge>
        {line.held_because.map((why) => (
          <span key={why} class="cell-under">
            {t(`held_${why}`)}
          </span>
        ))}
      </td>
      <td role="cell" class="cell-approved">
        {line.approved_by ?? "—"}
        <span class="cell-under">{formatDayTime(line.created_at, locale)}</span>
      </td>
      <td role="cell" class="cell-do">
        <RowButtons line={line} session={session} open={(kind) => open(kind, line)} />
      </td>
    </tr>
  );
}

function RowButtons({ line, session, open }: { line: PayoutLine; session: Session; open(kind: SheetKind): void }) {
  if (line.state === "held" && isOwnApproval(line, session)) {
    return (
      <>
        <span class="soft small">{r("ownApproval")}</span>
        <button type="button" class="button button-small" onClick={() => open("refuse")}>
          {r("refuse")}
        </button>
      </>
    );
  }
  return (
    <>
      {line.may_release && (
        <button type="button" class="button button-small button-primary" onClick={() => open("release")}>
          {r("release")}
        </button>
      )}
      {mayRefuse(line, session) && (
        <button type="button" class="button button-small" onClick={() => open("refuse")}>
          {r("refuse")}
        </button>
      )}
      {line.may_mark && (
        <button type="button" class="button button-small" onClick={() => open("mark")}>
          {r("mark")}
        </button>
      )}
    </>
  );
}
