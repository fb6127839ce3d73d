// Waits that end early when there is reason for hope: the network is back, the page is looked at again.

/** Resolves after `ms`, or as soon as the browser is online or visible again; rejects when aborted. */
export function waitOrWake(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      window.removeEventListener("online", wake);
      document.removeEventListener("visibilitychange", wakeIfVisible);
      signal.removeEventListener("abort", stop);
      settle();
    };
    const wake = () => finish(resolve);
    const wakeIfVisible = () => document.visibilityState === "visible" && wake();
    const stop = () => finish(() => reject(signal.reason));
    const timer = setTimeout(wake, ms);
    window.addEventListener("online", wake);
    document.addEventListener("visibilitychange", wakeIfVisible);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop);
  });
}
