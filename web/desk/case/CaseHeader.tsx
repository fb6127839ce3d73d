// Who and what, how it stands, until when, and who looks after it.
import { StateBadge } from "../../shared/components/StateBadge";
import { formatFen } from "../../shared/format";
import { Icon } from "../../shared/staff/ui/Icon";
import { Key } from "../../shared/staff/ui/Key";
import { Notice } from "../../shared/staff/ui/Notice";
import { useShortcuts } from "../../shared/staff/ui/shortcuts";
import { applicationTone } from "../../shared/tones";
import { hashOfLastList } from "../state/route";
import { named, t } from "../text";
import type { CaseDetail } from "../types";
import { DueMark } from "../ui/DueMark";
import type { Case } from "./useCase";
import { useDecision } from "./useDecision";

export function CaseHeader({ current, detail }: { current: Case; detail: CaseDetail }) {
  const { application, merchant, assignee } = detail;
  const warnings = detail.facts.filter((fact) => fact.warning).length;
  const { busy, problem, send } = useDecision(current);
  const mayClaim = detail.allowed_actions.includes("claim");
  useShortcuts({ c: () => mayClaim && void send("claim", {}) });
  const amount = application.approved_amount_fen ?? application.amount_fen;
  return (
    <header class="case-header">
      <a class="icon-button case-back" href={hashOfLastList()} aria-label={t("backToList")}>
        <Icon name="back" />
      </a>
      <div class="case-title">
        <h1>{merchant.name}</h1>
        <p class="case-subtitle">
          <span>{application.label}</span>
          <span class="code">{application.application_no}</span>
          <span class="soft">{named("team", detail.team)}</span>
        </p>
      </div>
      <div class="case-standing">
        {warnings > 0 && (
          <span class="warning-mark">
            <Icon name="warning" />
            {t("warnings", { count: warnings })}
          </span>
        )}
        {amount !== null && <span class="case-amount">{formatFen(amount)}</span>}
        <StateBadge tone={applicationTone(application.state)}>
          {named("state", application.state, application.state_title)}
        </StateBadge>
        {application.deadline && <DueMark deadline={application.deadline} />}
        {assignee && <span class="soft">{t("claimedBy", { name: assignee })}</span>}
        {mayClaim && (
          <button
            type="button"
            class="button button-small"
            aria-keyshortcuts="c"
            aria-disabled={busy}
            onClick={() => send("claim", {})}
          >
            {t("claim")}
            <Key name="C" />
          </button>
        )}
      </div>
      {problem && <Notice tone="danger" text={problem} />}
    </header>
  );
}
