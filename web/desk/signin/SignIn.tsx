// The page before the desk. The address stays, so signing in leads where the reviewer wanted to go.
import { t } from "../text";
import { SignInForm } from "./SignInForm";
import "./sign-in.css";

export function SignIn() {
  return (
    <main class="sign-in" id="content">
      <div class="sign-in-card">
        <h1>{t("signInTitle")}</h1>
        <SignInForm />
      </div>
    </main>
  );
}
