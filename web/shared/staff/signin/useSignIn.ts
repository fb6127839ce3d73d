// Signing in: name and password first, the second factor when the account has one; keeps the sentence that says why it
// did not work, and how long to wait when it is locked.
import { useRef, useState } from "preact/hooks";
import { Problem } from "../../api";
import { staff } from "../api";
import { signedInAs } from "../session";
import { t } from "../text";
import { sentenceFor } from "../ui/sentence";

export interface SigningIn {
  /** The password was right; a code is missing. */
  needsCode: boolean;
  busy: boolean;
  problem: string | null;
  submit(event: SubmitEvent): Promise<void>;
  startOver(): void;
}

interface Credentials {
  login: string;
  password: string;
}

export function useSignIn(): SigningIn {
  const [known, setKnown] = useState<Credentials | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const sending = useRef(false);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const typed = new FormData(event.currentTarget as HTMLFormElement);
    const credentials = known ?? { login: wordOf(typed, "login").trim(), password: wordOf(typed, "password") };
    const code = wordOf(typed, "code").replace(/\s/g, "");
    if (credentials.login === "" || credentials.password === "") return setProblem(t("loginMissing"));
    if (known && code === "") return setProblem(t("secondFactorMissing"));
    if (sending.current) return;
    sending.current = true;
    setBusy(true);
    setProblem(null);
    try {
      signedInAs(await staff.signIn(credentials.login, credentials.password, code));
    } catch (why) {
      if (why instanceof Problem && why.code === "second_factor_needed") setKnown(credentials);
      else setProblem(sentenceOf(why));
    } finally {
      sending.current = false;
      setBusy(false);
    }
  }

  function startOver() {
    setKnown(null);
    setProblem(null);
  }
  return { needsCode: known !== null, busy, problem, submit, startOver };
}

function wordOf(typed: FormData, name: string): string {
  return String(typed.get(name) ?? "");
}

/** The service says how long a lock lasts; the page adds until when, which is what people want to know. */
function sentenceOf(why: unknown): string {
  const seconds = why instanceof Problem ? why.retryAfterSeconds : null;
  if (seconds === null) return sentenceFor(why);
  return t("lockedFor", { sentence: sentenceFor(why), minutes: Math.ceil(seconds / 60) });
}
