// Sends a change: never twice at a time, with one key per intent, and with a plain sentence when it did not go through.
import { useRef, useState } from "preact/hooks";
import { newId } from "../../shared/ids";
import { Intent } from "../../shared/intent";
import { sentenceFor } from "../../shared/staff/ui/sentence";

export interface Sending {
  busy: boolean;
  problem: string | null;
  /** A mistake in what was typed, said in the place of the service's answer. */
  refuse(sentence: string | null): void;
  /** `meaning` is all that makes this change what it is; null when it was not done. */
  send<T>(meaning: unknown, run: (idempotencyKey: string) => Promise<T>): Promise<{ answer: T } | null>;
}

export function useSend(): Sending {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const sending = useRef(false);
  const intent = useRef(new Intent(newId));

  async function send<T>(meaning: unknown, run: (key: string) => Promise<T>): Promise<{ answer: T } | null> {
    if (sending.current) return null;
    sending.current = true;
    setBusy(true);
    setProblem(null);
    try {
      const answer = await run(intent.current.keyFor(meaning));
      intent.current.done();
      return { answer };
    } catch (why) {
      setProblem(sentenceFor(why));
      return null;
    } finally {
      sending.current = false;
      setBusy(false);
    }
  }

  return { busy, problem, refuse: setProblem, send };
}
