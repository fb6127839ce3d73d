// The session has ended: signing in on top of the page, which keeps everything typed.
import { t } from "../text";
import { Sheet } from "../ui/Sheet";
import { SignInForm } from "./SignInForm";
import "./sign-in.css";

export function SignInAgain() {
  return (
    <Sheet title={t("signInAgainTitle")} kind="centred">
      <p class="soft">{t("signInAgainNote")}</p>
      <SignInForm />
    </Sheet>
  );
}
