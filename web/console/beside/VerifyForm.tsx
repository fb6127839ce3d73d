// Verifies a merchant: number and registered phone first, then the code that the merchant reads out.
import { useId, useState } from "preact/hooks";
import { Notice } from "../../shared/staff/ui/Notice";
import { calls } from "../api";
import { useChange } from "../conversation/useChange";
import type { Talk } from "../state/talk";
import { t } from "../text";

export function VerifyForm({ talk }: { talk: Talk }) {
  const [sent, setSent] = useState(false);
  const change = useChange();

  function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const word = (name: string) => String(typed.get(name) ?? "").trim();
    void change.run(async () => {
      if (!sent) {
        await calls.verify(talk.id, word("merchant_no"), word("phone"));
        setSent(true);
        return;
      }
      await calls.confirm(talk.id, word("code"));
      await talk.readDetail();
    });
  }
  return (
    <form class="small-form" onSubmit={submit} noValidate>
      {sent ? (
        <>
          <p class="soft small">{t("codeSent")}</p>
          <Field name="code" label={t("code")} inputMode="numeric" />
        </>
      ) : (
        <>
          <Field name="merchant_no" label={t("merchantNo")} />
          <Field name="phone" label={t("registeredPhone")} inputMode="tel" />
        </>
      )}
      {change.problem && <Notice tone="danger" text={change.problem} />}
      <div class="small-form-do">
        <button type="submit" class="button button-small" aria-disabled={change.busy}>
          {t(sent ? "confirmCode" : "sendCode")}
        </button>
        {sent && (
          <button type="button" class="quiet-button" onClick={() => setSent(false)}>
            {t("codeAgain")}
          </button>
        )}
      </div>
    </form>
  );
}

function Field({ name, label, inputMode }: { name: string; label: string; inputMode?: "numeric" | "tel" }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} name={name} class="input" autocomplete="off" inputMode={inputMode} />
    </div>
  );
}
