// The decision about the whole application, always in sight: what is still in the way, what can be done, and the next one.
import { useState } from "preact/hooks";
import { Key } from "../../shared/staff/ui/Key";
import { useShortcuts } from "../../shared/staff/ui/shortcuts";
import { named, t } from "../text";
import type { TextKey } from "../text/zh";
import type { CaseDetail } from "../types";
import { ApproveSheet } from "./ApproveSheet";
import { takeNextAfter } from "./afterwards";
import { MachineSheet } from "./MachineSheet";
import { PayoutSheet } from "./PayoutSheet";
import { RefusePayoutSheet } from "./RefusePayoutSheet";
import { RejectSheet } from "./RejectSheet";
import { ReleaseSheet } from "./ReleaseSheet";
import { RequestSheet } from "./RequestSheet";
import { RetryPayoutSheet } from "./RetryPayoutSheet";
import type { Case } from "./useCase";
import { WaiveMachineSheet } from "./WaiveMachineSheet";

const SHEETS = {
  request_documents: RequestSheet,
  reject: RejectSheet,
  approve: ApproveSheet,
  refuse_payout: RefusePayoutSheet,
  release_payout: ReleaseSheet,
  payout: PayoutSheet,
  retry_payout: RetryPayoutSheet,
  accept_machine: MachineSheet,
  waive_machine: WaiveMachineSheet,
} as const;

type Decision = keyof typeof SHEETS;

/** Capital letters decide about the application, small ones about the document. */
const BUTTONS: readonly { action: Decision; title: TextKey; look: string; key: string }[] = [
  { action: "request_documents", title: "requestDocuments", look: "", key: "M" },
  { action: "reject", title: "reject", look: "button-danger-plain", key: "R" },
  { action: "approve", title: "approve", look: "button-primary", key: "A" },
  { action: "refuse_payout", title: "refusePayout", look: "button-danger-plain", key: "F" },
  { action: "release_payout", title: "releasePayout", look: "button-primary", key: "P" },
  { action: "payout", title: "markPaid", look: "button-primary", key: "B" },
  { action: "retry_payout", title: "retryPayout", look: "button-primary", key: "T" },
  { action: "accept_machine", title: "acceptMachine", look: "button-primary", key: "V" },
  { action: "waive_machine", title: "waiveMachine", look: "", key: "W" },
];

export function DecisionBar({ current, detail }: { current: Case; detail: CaseDetail }) {
  const [open, setOpen] = useState<Decision | null>(null);
  const OpenSheet = open && SHEETS[open];
  const allowed = BUTTONS.filter(({ action }) => detail.allowed_actions.includes(action));
  const takeNext = () => takeNextAfter(detail.application.application_no);
  useShortcuts({
    ...Object.fromEntries(allowed.map(({ action, key }) => [key, () => setOpen(action)])),
    n: takeNext,
  });

  return (
    <section class="decision-bar" aria-label={t("decision")}>
      <p class="decision-state">{stateOf(detail)}</p>
      <div class="decision-buttons">
        {allowed.map(({ action, title, look, key }) => (
          <button
            key={action}
            type="button"
            class={`button ${look}`}
            aria-keyshortcuts={`Shift+${key}`}
            onClick={() => setOpen(action)}
          >
            {t(title)}
            <Key name={`⇧${key}`} />
          </button>
        ))}
        <button
          type="button"
          class={`button decision-next ${allowed.length === 0 ? "button-primary" : ""}`}
          aria-keyshortcuts="n"
          onClick={takeNext}
        >
          {t("takeNext")}
          <Key name="N" />
        </button>
      </div>
      {OpenSheet && <OpenSheet current={current} detail={detail} close={() => setOpen(null)} />}
    </section>
  );
}

/** What stands between the application and its next state, in the reviewer's words (the service's hint speaks to the merchant). */
function stateOf({ application, assignee, payout, allowed_actions }: CaseDetail): string {
  if (allowed_actions.includes("approve") || allowed_actions.includes("request_documents")) {
    const required = application.documents.filter((document) => document.required);
    if (required.length === 0) return t("nothingToCheck");
    const waiting = required.filter((document) => document.state !== "accepted").length;
    return waiting > 0 ? t("whyNotApprove", { count: waiting }) : t("readyToApprove");
  }
  if (payout?.state === "held") return t("waitsRelease");
  if (application.state === "in_review" && assignee) return t("inOtherHands", { name: assignee });
  return named("waits", application.state, application.state_title);
}
