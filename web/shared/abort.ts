// Abort signals put together by hand: AbortSignal.any and .timeout are missing in web views that merchants still use.

export interface Deadline {
  signal: AbortSignal;
  /** Lets go of timers and listeners; call it when the work is over. */
  release(): void;
}

/** Aborts as soon as one of the sources does, or after `ms` if given. */
export function abortOn(sources: readonly (AbortSignal | undefined)[], ms?: number): Deadline {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = ms === undefined ? undefined : setTimeout(abort, ms);
  for (const source of sources) {
    if (source?.aborted) abort();
    source?.addEventListener("abort", abort);
  }
  return {
    signal: controller.signal,
    release: () => {
      clearTimeout(timer);
      for (const source of sources) source?.removeEventListener("abort", abort);
    },
  };
}
