// User name and password, with the sentence that says what went wrong.
import { useId } from "preact/hooks";
import { t } from "../text";
import { Notice } from "../ui/Notice";
import { useSignIn } from "./useSignIn";

export function SignInForm() {
  const { busy, problem, submit } = useSignIn();
  const id = useId();
  return (
    <form class="sign-in-form" onSubmit={submit} noValidate>
      <label for={`${id}-login`}>{t("login")}</label>
      <input id={`${id}-login`} name="login" class="input" autocomplete="username" autocapitalize="none" autofocus />
      <label for={`${id}-password`}>{t("password")}</label>
      <input id={`${id}-password`} name="password" class="input" type="password" autocomplete="current-password" />
      {problem && <Notice tone="danger" text={problem} />}
      <button class="button button-primary" type="submit" aria-disabled={busy}>
        {busy ? t("signingIn") : t("signIn")}
      </button>
    </form>
  );
}
