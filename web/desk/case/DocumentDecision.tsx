// Below the picture: what makes this document good enough, and the two things a reviewer can do about it.

import { Icon } from "../../shared/staff/ui/Icon";
import { Key } from "../../shared/staff/ui/Key";
import { Notice } from "../../shared/staff/ui/Notice";
import type { ApplicationDocument } from "../../shared/types";
import { t } from "../text";

interface Props {
  document: ApplicationDocument;
  busy: boolean;
  problem: string | null;
  /** Null when it cannot be done now. */
  accept: (() => void) | null;
  sendBack: (() => void) | null;
}

export function DocumentDecision({ document, busy, problem, accept, sendBack }: Props) {
  return (
    <div class="document-decision">
      <dl class="document-rules">
        <div>
          <dt>{t("documentWhy")}</dt>
          <dd>{document.why}</dd>
        </div>
        <div>
          <dt>{t("documentHow")}</dt>
          <dd>{document.how}</dd>
        </div>
        {document.reason && <div class="document-told">{t("documentReason", { reason: document.reason })}</div>}
      </dl>
      <div class="document-buttons">
        {sendBack && (
          <button type="button" class="button button-warn" aria-keyshortcuts="r" onClick={sendBack}>
            <Icon name="undo" />
            {document.state === "accepted" ? t("sendBackInstead") : t("sendBack")}
            <Key name="R" />
          </button>
        )}
        {accept && (
          <button type="button" class="button button-ok" aria-keyshortcuts="a" aria-disabled={busy} onClick={accept}>
            <Icon name="check" />
            {document.state === "rejected" ? t("acceptInstead") : t("accept")}
            <Key name="A" />
          </button>
        )}
      </div>
      {problem && <Notice tone="danger" text={problem} />}
    </div>
  );
}
