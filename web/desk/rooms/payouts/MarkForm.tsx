// One payout of those to be recorded: paid, with the bank's reference; or failed, and why.
import { useId, useState } from "preact/hooks";
import { Notice } from "../../../shared/staff/ui/Notice";
import { TextBox } from "../../../shared/staff/ui/TextBox";
import { useFocused } from "../../../shared/staff/ui/useFocused";
import { TEXT_LIMIT } from "../../model/wording";
import { t } from "../../text";
import { payouts } from "../api";
import { r } from "../text";
import type { PayoutLine, PayoutMarked } from "../types";
import { Signed } from "./Signed";
import { usePayoutSend } from "./usePayoutSend";

interface Props {
  line: PayoutLine;
  last: boolean;
  marked(paid: boolean): void;
  skip(): void;
  changed(): void;
}

export function MarkForm({ line, last, marked, skip, changed }: Props) {
  const [reference, setReference] = useState("");
  const [failed, setFailed] = useState(false);
  const [why, setWhy] = useState("");
  const { busy, problem, refuse, send } = usePayoutSend(changed);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const bank_reference = reference.trim() || null;
    const reason_text = failed ? why.trim() : null;
    if (!failed && bank_reference === null) return refuse(t("bankReferenceMissing"));
    if (reason_text === "") return refuse(r("failedWhyMissing"));
    const result = failed ? "failed" : "paid";
    const body: PayoutMarked = { result, bank_reference, reason_text, version: line.version };
    if (await send([line.refund_no, body], (key) => payouts.mark(line.application_no, body, key))) marked(!failed);
  }

  return (
    <form class="sheet-form" onSubmit={submit} noValidate>
      <div class="sheet-fields">
        <Signed line={line} />
        <Reference text={reference} change={setReference} />
        <label class="check">
          <input type="checkbox" checked={failed} onChange={(event) => setFailed(event.currentTarget.checked)} />
          {r("didFail")}
        </label>
        {failed && <TextBox label={t("payoutFailedText")} text={why} change={setWhy} limit={TEXT_LIMIT} />}
      </div>
      <footer class="sheet-foot">
        {problem && <Notice tone="danger" text={problem} />}
        <div class="sheet-buttons">
          <button type="button" class="button" onClick={skip}>
            {r("skip")}
          </button>
          <button type="submit" class={`button button-${failed ? "danger" : "primary"}`} aria-disabled={busy}>
            {busy ? t("working") : r(last ? "markLast" : "markNext")}
          </button>
        </div>
      </footer>
    </form>
  );
}

function Reference({ text, change }: { text: string; change(text: string): void }) {
  const id = useId();
  const box = useFocused();
  return (
    <div class="field">
      <label for={id}>{t("bankReference")}</label>
      <input
        ref={box}
        id={id}
        class="input"
        autocomplete="off"
        value={text}
        aria-describedby={`${id}-hint`}
        onInput={(event) => change(event.currentTarget.value)}
      />
      <span id={`${id}-hint`} class="soft small">
        {r("markHint")}
      </span>
    </div>
  );
}
