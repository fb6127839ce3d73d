// Asks the service, a moment after the last change, what the merchant would read; an answer that came too late is dropped.
import { useEffect, useState } from "preact/hooks";
import { Problem } from "../../shared/api";
import type { Block } from "../../shared/types";
import { review } from "../api";
import { t } from "../text";
import type { CaseDetail, Rehearsal } from "../types";

const PAUSE_MS = 350;

export interface Preview {
  blocks: readonly Block[] | null;
  /** It is being made anew; what is shown is from before. */
  waiting: boolean;
  /** Why there is none: what is wrong with the decision itself, or that the service could not be asked. */
  problem: string | null;
}

const NOTHING: Preview = { blocks: null, waiting: false, problem: null };

/** `rehearsal` is null while something is still to be filled in. */
export function usePreview({ application }: CaseDetail, rehearsal: Rehearsal | null): Preview {
  const [preview, setPreview] = useState(NOTHING);
  const { application_no: number, version } = application;
  const wish = rehearsal && JSON.stringify({ ...rehearsal, body: { ...rehearsal.body, version } });

  useEffect(() => {
    if (wish === null) {
      setPreview(NOTHING);
      return;
    }
    const stopped = new AbortController();
    setPreview((now) => ({ ...now, waiting: true }));
    const pause = setTimeout(() => {
      review.preview(number, JSON.parse(wish), stopped.signal).then(
        (blocks) => stopped.signal.aborted || setPreview({ blocks, waiting: false, problem: null }),
        (why) => stopped.signal.aborted || setPreview({ blocks: null, waiting: false, problem: sentence(why) }),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(pause);
      stopped.abort();
    };
  }, [number, wish]);

  return preview;
}

function sentence(why: unknown): string {
  return (why instanceof Problem && why.detail) || t("previewFailed");
}
