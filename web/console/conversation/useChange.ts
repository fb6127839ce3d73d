// One change of a conversation from a sheet: once at a time, and with a plain sentence when it did not go through.
import { useState } from "preact/hooks";
import { sentenceFor } from "../../shared/staff/ui/sentence";

export interface Change {
  busy: boolean;
  problem: string | null;
  run(work: () => Promise<void>): Promise<void>;
  complain(sentence: string): void;
}

export function useChange(): Change {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function run(work: () => Promise<void>) {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (why) {
      setProblem(sentenceFor(why));
    } finally {
      setBusy(false);
    }
  }
  return { busy, problem, run, complain: setProblem };
}
