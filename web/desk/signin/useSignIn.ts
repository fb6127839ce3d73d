// Signing in: sends what was typed once, and keeps the sentence that says why it did not work.
import { useRef, useState } from "preact/hooks";
import { staff } from "../api";
import { signedInAs } from "../state/session";
import { t } from "../text";
import { sentenceFor } from "../ui/sentence";

export interface SigningIn {
  busy: boolean;
  problem: string | null;
  submit(event: SubmitEvent): Promise<void>;
}

export function useSignIn(): SigningIn {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const sending = useRef(false);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const typed = new FormData(event.currentTarget as HTMLFormElement);
    const login = String(typed.get("login")).trim();
    const password = String(typed.get("password"));
    if (login === "" || password === "") return setProblem(t("loginMissing"));
    if (sending.current) return;
    sending.current = true;
    setBusy(true);
    setProblem(null);
    try {
      signedInAs(await staff.signIn(login, password));
    } catch (why) {
      setProblem(sentenceFor(why));
    } finally {
      sending.current = false;
      setBusy(false);
    }
  }

  return { busy, problem, submit };
}
