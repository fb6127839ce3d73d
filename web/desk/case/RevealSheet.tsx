// Shows one sealed answer in clear, once a reason is given. It lives in this sheet alone and is gone when it closes.
import { useEffect, useRef, useState } from "preact/hooks";
import { sessionState } from "../../shared/staff/session";
import { Notice } from "../../shared/staff/ui/Notice";
import { Sheet } from "../../shared/staff/ui/Sheet";
import { SheetForm } from "../../shared/staff/ui/SheetForm";
import { TextBox } from "../../shared/staff/ui/TextBox";
import type { Answer } from "../../shared/types";
import { named, t } from "../text";
import type { Revealed } from "../types";
import { Row } from "./Row";
import { REASON_LIMIT, useReveal } from "./useReveal";

interface Props {
  applicationNo: string;
  answer: Answer;
  close(): void;
}

export function RevealSheet({ applicationNo, answer, close }: Props) {
  const [reason, setReason] = useState("");
  const reveal = useReveal(applicationNo, answer.field);

  return (
    <Sheet title={t("revealTitle", { label: answer.label })} onClose={close}>
      {reveal.value ? (
        <InClear value={reveal.value} close={close} />
      ) : (
        <SheetForm
          busy={reveal.busy}
          problem={reveal.problem}
          submit={() => void reveal.ask(reason)}
          confirm={t("confirmReveal")}
          tone="primary"
          close={close}
        >
          <Notice tone="info" text={t("revealNote")} />
          <TextBox label={t("revealReason")} text={reason} change={setReason} limit={REASON_LIMIT} />
        </SheetForm>
      )}
    </Sheet>
  );
}

/** It is read out at once, and it does not wait on the screen for the next person to sign in. */
function InClear({ value, close }: { value: Revealed; close: () => void }) {
  const fields = useRef<HTMLDivElement>(null);
  const signedIn = sessionState.value.kind === "signed_in";
  useEffect(() => fields.current?.focus(), []);
  useEffect(() => {
    if (!signedIn) close();
  }, [signedIn]);
  if (!signedIn) return null; // at once, not when the sheet has closed
  return (
    <div class="sheet-form">
      <div ref={fields} class="sheet-fields" tabIndex={-1}>
        <dl>
          {Object.entries(value).map(([name, words]) => (
            <Row key={name} label={named("input", name)}>
              <span class="revealed">{words}</span>
            </Row>
          ))}
        </dl>
        <p class="soft small">{t("revealedNote")}</p>
      </div>
      <footer class="sheet-foot">
        <div class="sheet-buttons">
          <button type="button" class="button button-primary" onClick={close}>
            {t("close")}
          </button>
        </div>
      </footer>
    </div>
  );
}
