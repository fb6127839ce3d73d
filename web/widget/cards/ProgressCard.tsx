// How far an application is: its state in words, its steps, when to expect what, and its whole history.
import { StateBadge } from "../../shared/components/StateBadge";
import { StepStrip } from "../../shared/components/StepStrip";
import { formatDayTime, formatFen } from "../../shared/format";
import { applicationTone } from "../../shared/tones";
import type { Application } from "../../shared/types";
import { Icon } from "../components/Icon";
import { useSubmit } from "../hooks/submit";
import { useServices } from "../services";
import { locale, t } from "../text";
import { Card } from "./Card";
import { CardLoading } from "./CardLoading";
import "./progress.css";
import { Timeline } from "./Timeline";

export function ProgressCard({ number }: { number: string }) {
  const { applications } = useServices();
  const { application, failed } = applications.cell(number).value;
  if (!application) {
    return (
      <Card icon="clock" kind="progress" title={t("progress.title")}>
        <CardLoading number={number} failed={failed} loading={t("progress.loading")} />
      </Card>
    );
  }
  return (
    <Card
      icon="clock"
      kind="progress"
      title={t("progress.title")}
      about={application.label}
      badge={<StateBadge tone={applicationTone(application.state)}>{application.state_title}</StateBadge>}
    >
      {application.steps.length > 0 && (
        <StepStrip steps={application.steps} label={t("progress.steps")} stateNames={stepNames()} />
      )}
      {application.hint && <p class="progress-hint">{application.hint}</p>}
      <Facts application={application} />
      <Receipt application={application} />
      <details class="history">
        <summary>{t("progress.history")}</summary>
        <Timeline entries={application.timeline} />
      </details>
    </Card>
  );
}

function stepNames() {
  return { done: t("step.done"), current: t("step.current"), todo: t("step.todo"), failed: t("step.failed") };
}

function Facts({ application }: { application: Application }) {
  const { approved_amount_fen: approved, amount_fen: asked, deadline, payout } = application;
  // A procedure that pays nothing has no sum, or one of zero, to speak of.
  const amount = approved || asked ? (approved ?? asked) : null;
  const alreadySaid = deadline && application.hint?.includes(deadline.title);
  return (
    <dl class="rows">
      <Row label={t("progress.number")} value={application.application_no} />
      {amount !== null && (
        <Row label={t(approved === null ? "progress.amount" : "progress.approvedAmount")} value={formatFen(amount)} />
      )}
      {deadline && !alreadySaid && (
        <div class="row row-wide">
          <dd>
            {deadline.title}
            {deadline.provisional && <span class="row-note">（{t("progress.provisional")}）</span>}
          </dd>
        </div>
      )}
      {payout?.paid_at && <Row label={t("progress.paidAt")} value={formatDayTime(payout.paid_at, locale.value)} />}
      {payout?.refund_no && <Row label={t("progress.refundNo")} value={payout.refund_no} />}
    </dl>
  );
}

function Row({ label, value }: { label: string; value: string }) {
  return (
    <div class="row">
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** The hint above says when to press. Money that goes back to a consumer never reaches the merchant: no agreement, no “received”. */
function Receipt({ application }: { application: Application }) {
  const { actions } = useServices();
  const confirming = useSubmit();
  if (!application.allowed_actions.includes("confirm_receipt")) return null;
  return (
    <div class="receipt">
      <button
        type="button"
        class="button"
        disabled={confirming.busy}
        onClick={() => confirming.run(() => actions.confirmReceipt(application.application_no))}
      >
        <Icon name="check" />
        {t(application.agreement === null ? "progress.finished" : "progress.received")}
      </button>
      {confirming.sentence && (
        <p class="form-error" role="alert">
          {confirming.sentence}
        </p>
      )}
    </div>
  );
}
