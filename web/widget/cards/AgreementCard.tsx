// The amount and the account, to be agreed to before money goes out; a doubt goes back to the reviewer.
import { useSignal } from "@preact/signals";
import { StateBadge } from "../../shared/components/StateBadge";
import { formatDayTime, formatFen } from "../../shared/format";
import type { Agreement, Application } from "../../shared/types";
import { Icon } from "../components/Icon";
import { useSubmit } from "../hooks/submit";
import { useServices } from "../services";
import { locale, t } from "../text";
import { AgreementLink } from "./AgreementLink";
import "./agreement.css";
import { Card } from "./Card";
import { CardLoading } from "./CardLoading";

export function AgreementCard({ number }: { number: string }) {
  const { applications } = useServices();
  const { application, failed } = applications.cell(number).value;
  const agreement = application?.agreement;
  return (
    <Card icon="wallet" kind="agreement" title={t("agreement.title")} about={application?.label}>
      {application && agreement && <Terms agreement={agreement} />}
      {agreement?.document && <AgreementLink document={agreement.document} />}
      {application ? (
        <Decision application={application} />
      ) : (
        <CardLoading number={number} failed={failed} loading={t("agreement.loading")} />
      )}
    </Card>
  );
}

function Terms({ agreement }: { agreement: Agreement }) {
  const { amount_fen, bank, account_tail: tail, holder_masked, terms } = agreement;
  return (
    <>
      <p class="agreement-amount">
        <span class="agreement-label">{t("agreement.amount")}</span>
        <strong>{formatFen(amount_fen)}</strong>
      </p>
      <dl class="rows">
        <div class="row">
          <dt>{t("agreement.account")}</dt>
          <dd>{bank ? t("agreement.tail", { bank, tail }) : t("agreement.tailOnly", { tail })}</dd>
        </div>
        <div class="row">
          <dt>{t("agreement.holder")}</dt>
          <dd>{holder_masked}</dd>
        </div>
      </dl>
      {terms.length > 0 && (
        <ul class="agreement-terms" aria-label={t("agreement.terms")}>
          {terms.map((term) => (
            <li key={term}>{term}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function Decision({ application }: { application: Application }) {
  const { actions } = useServices();
  const doubting = useSignal(false);
  const deciding = useSubmit();
  const agreedAt = application.agreement?.agreed_at;
  const seen = application.agreement?.document?.sha256 ?? null;
  if (agreedAt) {
    return (
      <p class="agreement-done">
        <StateBadge tone="ok">
          <Icon name="check" />
          {t("agreement.done", { time: formatDayTime(agreedAt, locale.value) })}
        </StateBadge>
      </p>
    );
  }
  if (!application.allowed_actions.includes("agree")) {
    return <p class="card-note">{application.hint ?? t("agreement.over")}</p>;
  }
  const decide = (accept: boolean) =>
    deciding.run(() => actions.agree(application.application_no, application.version, accept, seen));
  const ask = (open: boolean) => {
    doubting.value = open;
  };
  return (
    <div class="form">
      {doubting.value && <p class="card-note">{t("agreement.doubtNote")}</p>}
      <div class="form-buttons">
        <button type="button" class="button" disabled={deciding.busy} onClick={() => decide(!doubting.value)}>
          {t(doubting.value ? "agreement.doubtConfirm" : "agreement.accept")}
        </button>
        <button type="button" class="button button-plain" disabled={deciding.busy} onClick={() => ask(!doubting.value)}>
          {t(doubting.value ? "agreement.back" : "agreement.doubt")}
        </button>
      </div>
      {deciding.sentence && (
        <p class="form-error" role="alert">
          {deciding.sentence}
        </p>
      )}
    </div>
  );
}
