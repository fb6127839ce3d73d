// Amount, account, agreement and payout, as far as the application has come.
import { formatDayTime, formatFen } from "../../shared/format";
import { Section } from "../../shared/staff/ui/Section";
import { accountOf } from "../model/account";
import { locale, named, t } from "../text";
import type { AgreementDocument, CaseDetail } from "../types";
import { Row } from "./Row";
import { accountText } from "./Stakes";

export function Money({ detail }: { detail: CaseDetail }) {
  const { application, payout, agreement } = detail;
  const account = accountOf(detail);
  if (application.amount_fen === null && account === null && payout === null) return null;
  return (
    <Section title={t("money")}>
      <dl>
        {application.amount_fen !== null && (
          <Row label={t(detail.amount_asked_fen === null ? "amountLeft" : "amountAsked")}>
            {formatFen(application.amount_fen)}
          </Row>
        )}
        {application.approved_amount_fen !== null && (
          <Row label={t("amountApproved")}>{formatFen(application.approved_amount_fen)}</Row>
        )}
        {account && (
          <Row label={t("account")} warning={detail.account?.changed}>
            {accountText(account)}
            {detail.account?.changed && <span class="clause">{t("accountChanged")}</span>}
          </Row>
        )}
        {agreement ? (
          <AgreementRow agreement={agreement} />
        ) : (
          application.agreement && <Row label={t("agreedAt")}>{agreedWords(application.agreement.agreed_at)}</Row>
        )}
        <PayoutRows detail={detail} />
      </dl>
    </Section>
  );
}

function AgreementRow({ agreement }: { agreement: AgreementDocument }) {
  return (
    <Row label={t("agreedAt")}>
      {agreedWords(agreement.agreed_at)}{" "}
      <a href={agreement.url} target="_blank" rel="noopener">
        {t("agreementDocument")}
      </a>
      <span class="clause code">{t("agreementHash", { start: agreement.sha256.slice(0, 12) })}</span>
    </Row>
  );
}

function PayoutRows({ detail: { payout, application } }: { detail: CaseDetail }) {
  const refundNo = payout?.refund_no ?? application.payout?.refund_no;
  const reason = payout?.reason ?? application.payout?.reason;
  return (
    <>
      {refundNo && (
        <Row label={t("refundNo")}>
          <span class="code">{refundNo}</span>
        </Row>
      )}
      {payout && <Row label={t("payoutState")}>{named("payout", payout.state)}</Row>}
      {payout?.channel_no && (
        <Row label={t("channelNo")}>
          <span class="code">{payout.channel_no}</span>
        </Row>
      )}
      {reason && <Row label={t("payoutReason")}>{reason}</Row>}
    </>
  );
}

function agreedWords(at: string | null): string {
  return at ? formatDayTime(at, locale) : t("notAgreed");
}
