// User name and password, or the second factor after them, with the sentence that says what went wrong.
import { useId } from "preact/hooks";
import { t } from "../text";
import { Notice } from "../ui/Notice";
import { useFocused } from "../ui/useFocused";
import { useSignIn } from "./useSignIn";

export function SignInForm() {
  const { needsCode, busy, problem, submit, startOver } = useSignIn();
  return (
    <form class="sign-in-form" onSubmit={submit} noValidate>
      {needsCode ? <CodeField /> : <PasswordFields />}
      {problem && <Notice tone="danger" text={problem} />}
      <button class="button button-primary" type="submit" aria-disabled={busy}>
        {busy ? t("signingIn") : t("signIn")}
      </button>
      {needsCode && (
        <button class="quiet-button" type="button" onClick={startOver}>
          {t("secondFactorBack")}
        </button>
      )}
    </form>
  );
}

function PasswordFields() {
  const id = useId();
  const box = useFocused();
  return (
    <>
      <label for={`${id}-login`}>{t("login")}</label>
      <input ref={box} id={`${id}-login`} name="login" class="input" autocomplete="username" autocapitalize="none" />
      <label for={`${id}-password`}>{t("password")}</label>
      <input id={`${id}-password`} name="password" class="input" type="password" autocomplete="current-password" />
    </>
  );
}

function CodeField() {
  const id = useId();
  const box = useFocused();
  return (
    <>
      <h2 class="sign-in-step">{t("secondFactorTitle")}</h2>
      <p id={`${id}-note`} class="soft">
        {t("secondFactorNote")}
      </p>
      <label for={id}>{t("secondFactorCode")}</label>
      <input
        ref={box}
        id={id}
        name="code"
        class="input sign-in-code"
        autocomplete="one-time-code"
        autocapitalize="none"
        aria-describedby={`${id}-note`}
      />
    </>
  );
}
