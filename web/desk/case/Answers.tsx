// Who applies and what was written; what was given in the secure form is masked by the service, and shown on request.
import { useState } from "preact/hooks";
import { Icon } from "../../shared/staff/ui/Icon";
import { Section } from "../../shared/staff/ui/Section";
import type { Answer, Application } from "../../shared/types";
import { caseHash } from "../model/route";
import { t } from "../text";
import type { CaseDetail } from "../types";
import { RevealSheet } from "./RevealSheet";
import { Row } from "./Row";

export function terminalOf({ terminal }: Application): string | null {
  return terminal && t("terminalValue", { no: terminal.terminal_no, model: terminal.model, tail: terminal.sn_tail });
}

export function Answers({ detail }: { detail: CaseDetail }) {
  const { application, merchant } = detail;
  const [revealing, setRevealing] = useState<Answer | null>(null);
  const mayReveal = detail.allowed_actions.includes("reveal");
  const terminal = terminalOf(application);
  return (
    <>
      <Section title={t("answers")}>
        <dl>
          {merchant.merchant_no && (
            <Row label={t("merchantNo")}>
              <span class="code">{merchant.merchant_no}</span>
            </Row>
          )}
          {merchant.phone_masked && <Row label={t("contactPhone")}>{merchant.phone_masked}</Row>}
          {terminal && <Row label={t("terminal")}>{terminal}</Row>}
          {application.turned_from && (
            <Row label={t("turnedFrom")}>
              <a class="code" href={caseHash(application.turned_from)}>
                {application.turned_from}
              </a>
            </Row>
          )}
          {application.answers.map((answer) => (
            <Row key={answer.field} label={answer.label}>
              {answer.display}
              {answer.secure && <Sealed reveal={mayReveal ? () => setRevealing(answer) : null} label={answer.label} />}
            </Row>
          ))}
        </dl>
      </Section>
      {revealing && (
        <RevealSheet applicationNo={application.application_no} answer={revealing} close={() => setRevealing(null)} />
      )}
    </>
  );
}

function Sealed({ reveal, label }: { reveal: (() => void) | null; label: string }) {
  return (
    <>
      <span class="secure-mark">
        <Icon name="lock" />
        <span class="visually-hidden">{t("secureAnswer")}</span>
      </span>
      {reveal && (
        <button type="button" class="quiet-button" aria-label={t("revealOf", { label })} onClick={reveal}>
          {t("reveal")}
        </button>
      )}
    </>
  );
}
