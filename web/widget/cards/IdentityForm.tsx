// The fields of the identity card: merchant number and phone, then the code from the text message.
import type { Signal } from "@preact/signals";
import type { InputHTMLAttributes } from "preact";
import { useVerificationForm, type VerificationForm } from "../hooks/verification-form";
import { t } from "../text";
import { Field } from "./Field";

interface Props {
  merchantNo: string;
  phone: string;
}

export function IdentityForm(prefill: Props) {
  const form = useVerificationForm(prefill);
  const sent = form.validMinutes !== null;
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (sent) form.confirm();
        else form.askForCode();
      }}
    >
      <Bound
        label={t("identity.merchantNo")}
        hint={t("identity.merchantNoHint")}
        text={form.merchantNo}
        error={form.faultOf("merchant_no")}
        input={{ name: "merchant_no", autoComplete: "off", spellcheck: false, maxLength: 32 }}
      />
      <Bound
        label={t("identity.phone")}
        text={form.phone}
        error={form.faultOf("phone")}
        input={{ name: "phone", type: "tel", inputMode: "tel", autoComplete: "tel-national", maxLength: 20 }}
      />
      {form.validMinutes !== null && <CodeField form={form} minutes={form.validMinutes} />}
      {form.sentence && (
        <p class="form-error" role="alert">
          {form.sentence}
        </p>
      )}
      <Buttons form={form} sent={sent} />
    </form>
  );
}

function CodeField({ form, minutes }: { form: VerificationForm; minutes: number }) {
  return (
    <>
      <p class="card-note" role="status">
        {t("identity.sent", { n: minutes })}
      </p>
      <Bound
        label={t("identity.code")}
        text={form.code}
        error={form.faultOf("code")}
        input={{ name: "code", inputMode: "numeric", autoComplete: "one-time-code", maxLength: 8 }}
      />
    </>
  );
}

function Buttons({ form, sent }: { form: VerificationForm; sent: boolean }) {
  const { secondsToResend: left } = form;
  if (!sent) {
    return (
      <div class="form-buttons">
        <button type="submit" class="button" disabled={form.asking}>
          {t("identity.getCode")}
        </button>
      </div>
    );
  }
  return (
    <div class="form-buttons">
      <button type="submit" class="button" disabled={form.confirming}>
        {t("identity.confirm")}
      </button>
      <button
        type="button"
        class="button button-plain"
        disabled={form.asking || left > 0}
        onClick={() => form.askForCode()}
      >
        {left > 0 ? t("identity.resendIn", { n: left }) : t("identity.resend")}
      </button>
    </div>
  );
}

interface BoundProps {
  label: string;
  hint?: string;
  text: Signal<string>;
  error: string | null;
  input: InputHTMLAttributes;
}

/** A field whose text lives in a signal. */
function Bound({ label, hint, text, error, input }: BoundProps) {
  const change = (value: string) => {
    text.value = value;
  };
  return <Field {...input} label={label} hint={hint} error={error} value={text.value} change={change} />;
}
