// One application as it was last read, and whether a newer version of it exists meanwhile.
import { useEffect, useState } from "preact/hooks";
import { Problem } from "../../shared/api";
import { review } from "../api";
import type { CaseDetail } from "../types";
import { sentenceFor } from "../ui/sentence";
import { usePolling } from "../ui/usePolling";

const POLL_MS = 10_000;

export interface Case {
  detail: CaseDetail | null;
  problem: string | null;
  missing: boolean;
  /** Somebody else changed it. What is on the screen stays until the reviewer asks, or decides and is refused. */
  newer: CaseDetail | null;
  take(detail: CaseDetail): void;
  reload(): Promise<void>;
}

export function useCase(applicationNo: string): Case {
  const [detail, setDetail] = useState<CaseDetail | null>(null);
  const [newer, setNewer] = useState<CaseDetail | null>(null);
  const [problem, setProblem] = useState<unknown>(null);

  function take(fresh: CaseDetail) {
    setDetail(fresh);
    setNewer(null);
    setProblem(null);
  }

  async function reload() {
    try {
      take(await review.detail(applicationNo));
    } catch (why) {
      setProblem(why);
    }
  }

  async function look() {
    if (detail === null) return;
    try {
      const fresh = await review.detail(applicationNo);
      setNewer(fresh.application.version > detail.application.version ? fresh : null);
    } catch {
      // The next look may have more luck; what is shown stays usable.
    }
  }

  useEffect(() => void reload(), [applicationNo]);
  usePolling(look, POLL_MS);

  return {
    detail,
    newer,
    problem: problem === null ? null : sentenceFor(problem),
    missing: problem instanceof Problem && problem.status === 404,
    take,
    reload,
  };
}
