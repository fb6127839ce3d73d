// What a decision is about, named once more where it is confirmed: whose application, how much, to which account.
import { formatFen } from "../../shared/format";
import { accountOf } from "../model/account";
import { t } from "../text";
import type { Account, CaseDetail } from "../types";
import { Row } from "./Row";

interface Props {
  detail: CaseDetail;
  /** Null where no money moves. */
  amountFen?: number | null;
}

export function accountText({ bank, tail, holder }: Account): string {
  return t("accountValue", { bank, tail, holder });
}

/** What the newest payout is about, or would be. */
export function payoutSum({ payout, application }: CaseDetail): number | null {
  return payout?.amount_fen ?? application.approved_amount_fen;
}

export function Stakes({ detail, amountFen = null }: Props) {
  const account = amountFen === null ? null : accountOf(detail);
  return (
    <dl class="stakes">
      <Row label={t("columnMerchant")}>
        <strong>{detail.merchant.name}</strong>
      </Row>
      <Row label={t("columnCase")}>{detail.application.label}</Row>
      {amountFen !== null && (
        <Row label={t("columnAmount")}>
          <strong class="stakes-amount">{formatFen(amountFen)}</strong>
        </Row>
      )}
      {account && (
        <Row label={t("account")} warning={detail.account?.changed}>
          {accountText(account)}
          {detail.account?.changed && <span class="clause">{t("accountChanged")}</span>}
        </Row>
      )}
    </dl>
  );
}
