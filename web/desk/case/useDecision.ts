// Sends one decision: never twice at a time, with one key per intent, and with a plain sentence when it did not go through.
import { useRef, useState } from "preact/hooks";
import { Problem } from "../../shared/api";
import { newId } from "../../shared/ids";
import { Intent } from "../../shared/intent";
import { sentenceFor } from "../../shared/staff/ui/sentence";
import { review } from "../api";
import { t } from "../text";
import { tellChanges } from "./changes";
import type { Case } from "./useCase";

export interface Decision {
  busy: boolean;
  problem: string | null;
  /** True when it was done; the page then shows the application as it is now. */
  send(path: string, body: object): Promise<boolean>;
}

const CONFLICT = 412;
const SIGNED_OUT = 401;
/** What is added to an application rests on no version of it. */
const ADDED = /^(notes|opinions)\b/;

export function useDecision(current: Case): Decision {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const sending = useRef(false);
  const intent = useRef(new Intent(newId));

  async function send(path: string, decision: object): Promise<boolean> {
    const application = current.detail?.application;
    if (!application || sending.current) return false;
    const body = ADDED.test(path) ? decision : { ...decision, version: application.version };
    sending.current = true;
    setBusy(true);
    setProblem(null);
    try {
      const key = intent.current.keyFor({ path, ...body });
      current.take(await review.change(application.application_no, path, body, key));
      intent.current.done();
      return true;
    } catch (why) {
      setProblem(await explain(why));
      return false;
    } finally {
      sending.current = false;
      setBusy(false);
    }
  }

  /** After a conflict the page shows the application as it is now, and the sentence says what is new about it. */
  async function explain(why: unknown): Promise<string> {
    const status = why instanceof Problem ? why.status : null;
    if (status === SIGNED_OUT) return t("signInFirst");
    if (status !== CONFLICT) return sentenceFor(why);
    const before = current.detail;
    const now = await current.reload();
    const changes = before && now ? tellChanges(before, now) : "";
    return changes ? t("conflictWith", { changes }) : t("conflict");
  }

  return { busy, problem, send };
}
