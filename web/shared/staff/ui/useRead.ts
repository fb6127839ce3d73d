// Something that is read once for each key, and again on demand. What was shown stays while the next is on its way.
import { useEffect, useRef, useState } from "preact/hooks";
import { sentenceFor } from "./sentence";

export interface Read<T> {
  value: T | null;
  /** The value belongs to the key before, or is being read anew. */
  waiting: boolean;
  problem: string | null;
  reload(): void;
}

export function useRead<T>(key: string, read: (signal: AbortSignal) => Promise<T>): Read<T> {
  const [value, setValue] = useState<T | null>(null);
  const [waiting, setWaiting] = useState(true);
  const [problem, setProblem] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);

  async function load() {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    setWaiting(true);
    try {
      const fresh = await read(mine.signal);
      if (mine.signal.aborted) return;
      setValue(fresh);
      setProblem(null);
    } catch (why) {
      if (!mine.signal.aborted) setProblem(sentenceFor(why));
    }
    if (!mine.signal.aborted) setWaiting(false);
  }

  useEffect(() => {
    void load();
    return () => running.current?.abort();
  }, [key]);
  return { value, waiting, problem, reload: () => void load() };
}
