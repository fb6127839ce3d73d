// Runs something again and again while the tab is looked at, and at once when it is looked at again.
import { useEffect, useRef } from "preact/hooks";

export function usePolling(run: () => void, everyMs: number): void {
  const latest = useRef(run);
  latest.current = run;

  useEffect(() => {
    function runIfSeen() {
      if (!document.hidden) latest.current();
    }
    const timer = setInterval(runIfSeen, everyMs);
    document.addEventListener("visibilitychange", runIfSeen);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", runIfSeen);
    };
  }, [everyMs]);
}
