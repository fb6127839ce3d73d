// Asks for a sealed answer once a reason is written; what comes back is kept nowhere but in the component that asked.
import { useRef, useState } from "preact/hooks";
import { Problem } from "../../shared/api";
import { sentenceFor } from "../../shared/staff/ui/sentence";
import { review } from "../api";
import { t } from "../text";
import type { Revealed } from "../types";

export interface Reveal {
  busy: boolean;
  problem: string | null;
  value: Revealed | null;
  ask(reason: string): Promise<void>;
}

const SHORTEST_REASON = 2;
export const REASON_LIMIT = 200;
const SIGNED_OUT = 401;

export function useReveal(applicationNo: string, field: string): Reveal {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [value, setValue] = useState<Revealed | null>(null);
  const asking = useRef(false);

  async function ask(reason: string): Promise<void> {
    const why = reason.trim();
    if (why.length < SHORTEST_REASON || why.length > REASON_LIMIT) {
      setProblem(t("revealReasonWrong", { limit: REASON_LIMIT }));
      return;
    }
    if (asking.current) return;
    asking.current = true;
    setBusy(true);
    setProblem(null);
    try {
      setValue(await review.reveal(applicationNo, field, why));
    } catch (error) {
      setProblem(error instanceof Problem && error.status === SIGNED_OUT ? t("signInFirst") : sentenceFor(error));
    } finally {
      asking.current = false;
      setBusy(false);
    }
  }

  return { busy, problem, value, ask };
}
