// A fresh list laid over the one on the screen, so that no row moves under the pointer or the focus of who works in it.
import type { CaseLine } from "../types";

export interface Refreshed {
  /** The rows that are on the screen, each as it is now. */
  lines: CaseLine[];
  /** Numbers of rows that the fresh list no longer has. */
  left: ReadonlySet<string>;
  /** How many of the fresh list are not on the screen. */
  arrived: number;
}

export function refreshInPlace(shown: readonly CaseLine[], fresh: readonly CaseLine[]): Refreshed {
  const now = new Map(fresh.map((line) => [line.application_no, line]));
  const before = new Set(shown.map((line) => line.application_no));
  return {
    lines: shown.map((line) => now.get(line.application_no) ?? line),
    left: new Set([...before].filter((number) => !now.has(number))),
    arrived: fresh.filter((line) => !before.has(line.application_no)).length,
  };
}

/** Where to go on after this row has gone: its own place, or that of the next one after it which is still there. */
export function neighbourOf(gone: string, before: readonly CaseLine[], now: readonly CaseLine[]): string | null {
  const there = new Set(now.map((line) => line.application_no));
  const place = before.findIndex((line) => line.application_no === gone);
  if (place < 0) return there.has(gone) ? gone : null;
  const after = before.slice(place).find((line) => there.has(line.application_no));
  return after?.application_no ?? now.at(-1)?.application_no ?? null;
}
