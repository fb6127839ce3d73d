// Repeats a request whose answer got lost. Only for requests that carry an idempotency key or change nothing.
import { NetworkError, Problem } from "../api";

const PAUSES_MS: readonly number[] = [800, 2_000, 4_000];

/** True when the same request may succeed a little later: no answer, overload, or the first try is still running. */
export function isPassing(error: unknown): boolean {
  if (error instanceof NetworkError) return true;
  if (!(error instanceof Problem)) return false;
  return (
    error.status >= 500 || error.status === 429 || error.status === 408 || error.code === "idempotency_in_progress"
  );
}

export async function retryLost<T>(action: () => Promise<T>, pauses = PAUSES_MS): Promise<T> {
  for (const pause of pauses) {
    try {
      return await action();
    } catch (error) {
      if (!isPassing(error)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return action();
}
