// Whether something has been in sight for a moment: the second half of a double click must not decide about what came up in between.
import { useEffect, useState } from "preact/hooks";

const MOMENT_MS = 500;

export function useSettled(shown: string | null): boolean {
  const [settled, setSettled] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(shown), MOMENT_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return settled === shown;
}
