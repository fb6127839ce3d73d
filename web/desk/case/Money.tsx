// Amount, account and payout, as far as the application has come.
import { formatDayTime, formatFen } from "../../shared/format";
import type { Agreement, Application } from "../../shared/types";
import { locale, t } from "../text";
import { Row } from "./Row";
import { Section } from "./Section";

export function accountOf({ bank, account_tail, holder_masked }: Agreement): string {
  return t("accountValue", { bank, tail: account_tail, holder: holder_masked });
}

export function Money({ application, asked }: { application: Application; asked: number | null }) {
  const { agreement, payout } = application;
  if (application.amount_fen === null && agreement === null && payout === null) return null;
  return (
    <Section title={t("money")}>
      <dl>
        {application.amount_fen !== null && (
          <Row label={t(asked === null ? "amountLeft" : "amountAsked")}>{formatFen(application.amount_fen)}</Row>
        )}
        {application.approved_amount_fen !== null && (
          <Row label={t("amountApproved")}>{formatFen(application.approved_amount_fen)}</Row>
        )}
        {agreement && <Row label={t("account")}>{accountOf(agreement)}</Row>}
        {agreement && (
          <Row label={t("agreedAt")}>
            {agreement.agreed_at ? formatDayTime(agreement.agreed_at, locale) : t("notAgreed")}
          </Row>
        )}
        {payout && (
          <Row label={t("refundNo")}>
            <span class="code">{payout.refund_no}</span>
          </Row>
        )}
        {payout?.reason && <Row label={t("payoutReason")}>{payout.reason}</Row>}
      </dl>
    </Section>
  );
}
