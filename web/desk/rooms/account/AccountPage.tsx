// One's own account: the password and the second factor.
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { staff } from "../../../shared/staff/api";
import { signedInAs } from "../../../shared/staff/session";
import { announce } from "../../../shared/staff/ui/announce";
import { named } from "../../text";
import type { RoomProps } from "../props";
import { RoomFrame } from "../RoomFrame";
import { r } from "../text";
import "./account.css";
import { PasswordForm } from "./PasswordForm";
import { SecondFactor } from "./SecondFactor";

export function AccountPage({ session }: RoomProps) {
  return (
    <RoomFrame
      title={named("room", "account")}
      note={r("accountOf", { name: session.name, role: named("role", session.role) })}
    >
      <div class="account-cards">
        <Card title={r("password")}>
          <PasswordForm
            name={session.name}
            currentLabel={r("currentPassword")}
            done={() => announce(r("passwordChanged"))}
          />
        </Card>
        <Card title={r("factor")}>
          <SecondFactor isSet={session.second_factor} done={() => void readSessionAgain()} />
        </Card>
      </div>
    </RoomFrame>
  );
}

function Card({ title, children }: { title: string; children: ComponentChildren }) {
  const id = useId();
  return (
    <section class="account-card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** The service knows best what is set now. */
export async function readSessionAgain(): Promise<void> {
  signedInAs(await staff.current());
}
