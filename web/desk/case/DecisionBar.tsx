// The decision about the whole application, always in sight: what is still in the way, and what can be done.
import { useState } from "preact/hooks";
import { named, t } from "../text";
import type { TextKey } from "../text/zh";
import type { CaseDetail } from "../types";
import { ApproveSheet } from "./ApproveSheet";
import { MachineSheet } from "./MachineSheet";
import { PayoutSheet } from "./PayoutSheet";
import { RejectSheet } from "./RejectSheet";
import { RequestSheet } from "./RequestSheet";
import { RetryPayoutSheet } from "./RetryPayoutSheet";
import type { Case } from "./useCase";
import { WaiveMachineSheet } from "./WaiveMachineSheet";

const SHEETS = {
  request_documents: RequestSheet,
  reject: RejectSheet,
  approve: ApproveSheet,
  payout: PayoutSheet,
  retry_payout: RetryPayoutSheet,
  accept_machine: MachineSheet,
  waive_machine: WaiveMachineSheet,
} as const;

type Decision = keyof typeof SHEETS;

const BUTTONS: readonly (readonly [Decision, TextKey, string])[] = [
  ["request_documents", "requestDocuments", ""],
  ["reject", "reject", "button-danger-plain"],
  ["approve", "approve", "button-primary"],
  ["payout", "markPaid", "button-primary"],
  ["retry_payout", "retryPayout", "button-primary"],
  ["accept_machine", "acceptMachine", "button-primary"],
  ["waive_machine", "waiveMachine", ""],
];

export function DecisionBar({ current, detail }: { current: Case; detail: CaseDetail }) {
  const [open, setOpen] = useState<Decision | null>(null);
  const OpenSheet = open && SHEETS[open];
  const allowed = BUTTONS.filter(([action]) => detail.allowed_actions.includes(action));
  return (
    <section class="decision-bar" aria-label={t("decision")}>
      <p class="decision-state">{stateOf(detail)}</p>
      <div class="decision-buttons">
        {allowed.map(([action, title, look]) => (
          <button key={action} type="button" class={`button ${look}`} onClick={() => setOpen(action)}>
            {t(title)}
          </button>
        ))}
      </div>
      {OpenSheet && <OpenSheet current={current} detail={detail} close={() => setOpen(null)} />}
    </section>
  );
}

/** What stands between the application and its next state, in the reviewer's words (the service's hint speaks to the merchant). */
function stateOf({ application, assignee, allowed_actions }: CaseDetail): string {
  if (allowed_actions.includes("approve") || allowed_actions.includes("request_documents")) {
    const required = application.documents.filter((document) => document.required);
    if (required.length === 0) return t("nothingToCheck");
    const waiting = required.filter((document) => document.state !== "accepted").length;
    return waiting > 0 ? t("whyNotApprove", { count: waiting }) : t("readyToApprove");
  }
  if (application.state === "in_review" && assignee) return t("inOtherHands", { name: assignee });
  return named("waits", application.state, application.state_title);
}
