// One press of a button: busy while it runs, once at a time, and the error to show afterwards.
import { useSignal } from "@preact/signals";
import { sentenceFor } from "../text/sentences";

export interface Submit {
  busy: boolean;
  error: unknown;
  /** A sentence about the error, or null. */
  sentence: string | null;
  run(action: () => Promise<void>): void;
  clear(): void;
}

export function useSubmit(): Submit {
  const busy = useSignal(false);
  const error = useSignal<unknown>(null);
  return {
    busy: busy.value,
    error: error.value,
    sentence: error.value === null ? null : sentenceFor(error.value),
    clear: () => {
      error.value = null;
    },
    run: (action) => {
      if (busy.value) return;
      busy.value = true;
      error.value = null;
      action()
        .catch((reason: unknown) => {
          error.value = reason;
        })
        .finally(() => {
          busy.value = false;
        });
    },
  };
}
