// Before the desk opens for somebody new: a password of their own, and the second factor where the company asks for one.
import { leave } from "../../state/leave";
import "../../../shared/staff/signin/sign-in.css";
import type { Session } from "../../../shared/staff/types";
import { Announcer } from "../../../shared/staff/ui/Announcer";
import { announce } from "../../../shared/staff/ui/announce";
import { t } from "../../text";
import { r } from "../text";
import "./account.css";
import { readSessionAgain } from "./AccountPage";
import { PasswordForm } from "./PasswordForm";
import { SecondFactor } from "./SecondFactor";

export function FirstSteps({ session }: { session: Session }) {
  const password = session.must_change_password;

  async function passwordChanged() {
    announce(r("passwordChanged"));
    await readSessionAgain();
  }
  return (
    <main class="sign-in" id="content">
      <div class="sign-in-card first-steps">
        <h1>{r(password ? "firstPassword" : "firstFactor")}</h1>
        <p class="soft">{r(password ? "firstPasswordNote" : "firstFactorNote", { name: session.name })}</p>
        {password ? (
          <PasswordForm name={session.name} currentLabel={r("oneTimePassword")} done={() => void passwordChanged()} />
        ) : (
          <SecondFactor isSet={session.second_factor} done={() => void readSessionAgain()} />
        )}
        <button type="button" class="quiet-button" onClick={leave}>
          {t("signOut")}
        </button>
      </div>
      <Announcer />
    </main>
  );
}
