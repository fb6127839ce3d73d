// One application as it was last read, and whether a newer version of it exists meanwhile.
import { useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../../shared/api";
import { sentenceFor } from "../../shared/staff/ui/sentence";
import { usePolling } from "../../shared/staff/ui/usePolling";
import { review } from "../api";
import type { CaseDetail } from "../types";

const POLL_MS = 10_000;

export interface Case {
  detail: CaseDetail | null;
  problem: string | null;
  missing: boolean;
  /** Somebody else changed it. What is on the screen stays until the reviewer asks, or decides and is refused. */
  newer: CaseDetail | null;
  take(detail: CaseDetail): void;
  /** The application as it is now, or null when it could not be read. */
  reload(): Promise<CaseDetail | null>;
}

export function useCase(applicationNo: string): Case {
  const [detail, setDetail] = useState<CaseDetail | null>(null);
  const [newer, setNewer] = useState<CaseDetail | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const latest = useRef<CaseDetail | null>(null);

  function take(fresh: CaseDetail) {
    latest.current = fresh;
    setDetail(fresh);
    setNewer(null);
    setProblem(null);
  }

  async function reload() {
    try {
      const fresh = await review.detail(applicationNo);
      take(fresh);
      return fresh;
    } catch (why) {
      setProblem(why);
      return null;
    }
  }

  /** What has no version of its own, such as a note or a reading, is shown at once; an older answer comes too late. */
  async function look() {
    try {
      const fresh = await review.detail(applicationNo);
      const shown = latest.current;
      if (shown === null || fresh.application.version < shown.application.version) return;
      if (fresh.application.version > shown.application.version) setNewer(fresh);
      else take(fresh);
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
