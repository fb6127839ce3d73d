// What every decision sheet does on "confirm": check what was typed, send it once, close and say what was done.
import { useState } from "preact/hooks";
import type { Case } from "./useCase";
import { useDecision } from "./useDecision";

interface Checked {
  /** A sentence when something must be corrected first. */
  problem: string | null;
  body: object;
}

export function useSheet(current: Case, path: string, check: () => Checked, close: () => void, done: () => void) {
  const decision = useDecision(current);
  const [mistake, setMistake] = useState<string | null>(null);

  async function submit() {
    const { problem, body } = check();
    setMistake(problem);
    if (problem !== null) return;
    if (!(await decision.send(path, body))) return;
    close();
    done();
  }

  return { busy: decision.busy, problem: mistake ?? decision.problem, submit };
}
