// Asks for the password again before something that a stranger at an open screen must not do.
import { useState } from "preact/hooks";
import { Notice } from "../../../shared/staff/ui/Notice";
import { t } from "../../text";
import { r } from "../text";
import { useSend } from "../useSend";
import { PasswordField } from "./PasswordField";

interface Props<T> {
  note: string;
  confirm: string;
  tone: "primary" | "danger-plain";
  run(password: string): Promise<T>;
  done(answer: T): void;
}

export function AskPassword<T>({ note, confirm, tone, run, done }: Props<T>) {
  const [password, setPassword] = useState("");
  const { busy, problem, refuse, send } = useSend();

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (password === "") return refuse(r("currentMissing"));
    const sent = await send(password, () => run(password));
    if (sent === null) return;
    setPassword("");
    done(sent.answer);
  }

  return (
    <form class="account-form" onSubmit={submit} noValidate>
      <p>{note}</p>
      <PasswordField
        label={r("currentPassword")}
        autocomplete="current-password"
        text={password}
        change={setPassword}
      />
      {problem && <Notice tone="danger" text={problem} />}
      <button type="submit" class={`button button-${tone}`} aria-disabled={busy}>
        {busy ? t("working") : confirm}
      </button>
    </form>
  );
}
