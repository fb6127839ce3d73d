// The ways that the operator has, each to be switched on or off; an address for e-mail that is only ever shown masked.
import { useSignal } from "@preact/signals";
import { Field } from "../cards/Field";
import "../cards/card.css";
import type { Submit } from "../hooks/submit";
import { emailWish, type Preferences, type Wish } from "../model/notifications";
import { t } from "../text";

interface Props {
  preferences: Preferences;
  saving: Submit;
  save(wish: Wish): void;
}

export function NotificationForm({ preferences, saving, save }: Props) {
  const { available, email } = preferences;
  const sms = useSignal(preferences.sms);
  const wechat = useSignal(preferences.wechat);
  const typed = useSignal("");
  const forget = useSignal(false);

  function submit(event: SubmitEvent) {
    event.preventDefault();
    save({ sms: sms.value, wechat: wechat.value, ...emailWish(typed.value, forget.value) });
  }
  if (!["sms", "wechat", "email"].some((way) => available.includes(way))) return <p>{t("notify.none")}</p>;
  return (
    <form class="form" onSubmit={submit} noValidate>
      {available.includes("sms") && <Switch title={t("notify.sms")} on={sms} />}
      {available.includes("wechat") && <Switch title={t("notify.wechat")} on={wechat} />}
      {available.includes("email") && (
        <>
          <Field
            label={t("notify.email")}
            hint={email ? t("notify.emailNow", { email }) : t("notify.emailNone")}
            type="email"
            autocomplete="email"
            value={typed.value}
            change={(text) => {
              typed.value = text;
            }}
          />
          {email && <Switch title={t("notify.emailForget")} on={forget} />}
        </>
      )}
      {saving.sentence && (
        <p class="form-error" role="alert">
          {saving.sentence}
        </p>
      )}
      <button type="submit" class="button button-primary" aria-disabled={saving.busy}>
        {t(saving.busy ? "notify.saving" : "notify.save")}
      </button>
    </form>
  );
}

function Switch({ title, on }: { title: string; on: { value: boolean } }) {
  return (
    <label class="notify-switch">
      <input
        type="checkbox"
        checked={on.value}
        onChange={(event) => {
          on.value = event.currentTarget.checked;
        }}
      />
      {title}
    </label>
  );
}
