// The conversation behind an application, piece by piece backwards; nothing is fetched before somebody asks for it.
import { useRef, useState } from "preact/hooks";
import { sentenceFor } from "../../shared/staff/ui/sentence";
import { review } from "../api";
import type { SpokenLine } from "../types";

export interface Conversation {
  lines: readonly SpokenLine[] | null;
  /** There is something older. */
  more: boolean;
  problem: string | null;
  /** The latest piece at first, then the one before. */
  load(): Promise<void>;
}

export function useConversation(applicationNo: string): Conversation {
  const [lines, setLines] = useState<readonly SpokenLine[] | null>(null);
  const [more, setMore] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const loading = useRef(false);

  async function load() {
    if (loading.current) return;
    loading.current = true;
    setProblem(null);
    try {
      const piece = await review.conversation(applicationNo, lines?.[0]?.seq ?? null);
      setLines([...piece.items, ...(lines ?? [])]);
      setMore(piece.more);
    } catch (why) {
      setProblem(sentenceFor(why));
    } finally {
      loading.current = false;
    }
  }
  return { lines, more, problem, load };
}
