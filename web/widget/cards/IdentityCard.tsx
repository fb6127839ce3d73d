// Proves who the merchant is: merchant number and phone, then the code from the text message. Never through the chat.
import { useSignal } from "@preact/signals";
import { Problem } from "../../shared/api";
import { StateBadge } from "../../shared/components/StateBadge";
import type { Block } from "../../shared/types";
import { Icon } from "../components/Icon";
import { useCountdown } from "../hooks/countdown";
import { useSubmit } from "../hooks/submit";
import { codeFault, identityFaults } from "../model/form-rules";
import { useServices } from "../services";
import { t } from "../text";
import { Card } from "./Card";
import { Field } from "./Field";

type IdentityBlock = Extract<Block, { type: "form"; form: "identity" }>;

export function IdentityCard({ block }: { block: IdentityBlock }) {
  const { conversation } = useServices();
  const identity = conversation.identity.value;
  if (!identity) return <IdentityForm block={block} />;
  return (
    <Card
      icon="lock"
      kind="identity"
      title={block.title}
      badge={
        <StateBadge tone="ok">
          <Icon name="check" />
          {t("identity.done")}
        </StateBadge>
      }
    >
      <p class="card-note">
        {identity.merchant_name} · {identity.phone_masked}
      </p>
    </Card>
  );
}

function IdentityForm({ block }: { block: IdentityBlock }) {
  const { verification } = useServices();
  const merchantNo = useSignal(block.prefill?.merchant_no ?? "");
  const phone = useSignal(block.prefill?.phone ?? "");
  const code = useSignal("");
  const validMinutes = useSignal<number | null>(null);
  const faults = useSignal<Record<string, string>>({});
  const countdown = useCountdown();
  const asking = useSubmit();
  const confirming = useSubmit();

  const askForCode = () => {
    confirming.clear();
    faults.value = identityFaults(merchantNo.value, phone.value);
    if (Object.keys(faults.value).length > 0) return;
    asking.run(async () => {
      const sent = await verification.requestCode(merchantNo.value.trim(), phone.value.replace(/\s/g, ""));
      validMinutes.value = Math.round(sent.expires_in / 60);
      countdown.start(sent.resend_in);
    });
  };
  const confirm = () => {
    const fault = codeFault(code.value);
    faults.value = fault ? { code: fault } : {};
    if (!fault) confirming.run(() => verification.confirm(code.value.trim()));
  };
  const serverFault = (field: string) => (asking.error instanceof Problem ? asking.error.errorFor(field) : null);
  const merchantFault = faults.value.merchant_no ?? serverFault("merchant_no");
  const phoneFault = faults.value.phone ?? serverFault("phone");
  return (
    <Card icon="lock" kind="identity" title={block.title}>
      {block.note && <p class="card-note">{block.note}</p>}
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (validMinutes.value === null) askForCode();
          else confirm();
        }}
      >
        <Field
          label={t("identity.merchantNo")}
          hint={t("identity.merchantNoHint")}
          error={merchantFault}
          value={merchantNo.value}
          change={(value) => {
            merchantNo.value = value;
          }}
          name="merchant_no"
          autoComplete="off"
          spellcheck={false}
          maxLength={32}
        />
        <Field
          label={t("identity.phone")}
          error={phoneFault}
          value={phone.value}
          change={(value) => {
            phone.value = value;
          }}
          name="phone"
          type="tel"
          inputMode="tel"
          autoComplete="tel-national"
          maxLength={20}
        />
        {validMinutes.value !== null && (
          <>
            <p class="card-note" role="status">
              {t("identity.sent", { n: validMinutes.value })}
            </p>
            <Field
              label={t("identity.code")}
              error={faults.value.code ?? confirming.sentence}
              value={code.value}
              change={(value) => {
                code.value = value;
              }}
              name="code"
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={8}
            />
          </>
        )}
        {asking.sentence && !merchantFault && !phoneFault && (
          <p class="form-error" role="alert">
            {asking.sentence}
          </p>
        )}
        <div class="form-buttons">
          {validMinutes.value !== null && (
            <button type="submit" class="button" disabled={confirming.busy}>
              {t("identity.confirm")}
            </button>
          )}
          <button
            type={validMinutes.value === null ? "submit" : "button"}
            class={validMinutes.value === null ? "button" : "button button-plain"}
            disabled={asking.busy || countdown.left > 0}
            onClick={validMinutes.value === null ? undefined : askForCode}
          >
            {resendLabel(validMinutes.value !== null, countdown.left)}
          </button>
        </div>
        <p class="form-safe">
          <Icon name="lock" />
          {t("identity.safe")}
        </p>
      </form>
    </Card>
  );
}

function resendLabel(sent: boolean, left: number): string {
  if (left > 0) return t("identity.resendIn", { n: left });
  return t(sent ? "identity.resend" : "identity.getCode");
}
