// The session has ended: signing in on top of the page, which keeps everything typed.
import { staff } from "../api";
import { signedOut } from "../state/session";
import { t } from "../text";
import { Sheet } from "../ui/Sheet";
import { forgetPictures } from "../viewer/pictures";
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

/** Ends the session here and there; what was shown of documents leaves the browser's memory. */
export async function signOut(): Promise<void> {
  await staff.signOut().catch(() => undefined);
  forgetPictures();
  signedOut();
}
