// How long to wait before the next try: doubling, with a ceiling, spread so that many clients do not come at once.

const FIRST_MS = 1_000;
const CEILING_MS = 30_000;

export function backoffMs(failures: number, random: () => number = Math.random): number {
  const whole = Math.min(CEILING_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(whole * (0.5 + random() / 2));
}
