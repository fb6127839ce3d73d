// How long somebody has waited, in words of a clock and as a colour; pure.

export type WaitTone = "calm" | "amber" | "red";

const AMBER_S = 60;
const RED_S = 180;

export function waitedSeconds(since: string, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(since)) / 1000));
}

export function waitTone(seconds: number): WaitTone {
  if (seconds >= RED_S) return "red";
  return seconds >= AMBER_S ? "amber" : "calm";
}

/** 75 → 1:15, 3,700 → 1:01:40. */
export function clock(seconds: number): string {
  const pad = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  const rest = pad(seconds % 60);
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${rest}`;
}
