// How near a deadline is: days counted on the calendar of Beijing, and the tone the desk shows them in.
import { dayKey } from "../../shared/format";

export type DueTone = "overdue" | "today" | "soon" | "calm";

export interface Due {
  tone: DueTone;
  /** Whole days until the deadline; negative once it has passed. */
  days: number;
}

const DAY_MS = 86_400_000;
const SOON_DAYS = 2;

export function dueOn(date: string, now: Date): Due {
  const days = Math.round((Date.parse(date) - Date.parse(dayKey(now.toISOString()))) / DAY_MS);
  return { days, tone: toneOf(days) };
}

function toneOf(days: number): DueTone {
  if (days < 0) return "overdue";
  if (days === 0) return "today";
  return days <= SOON_DAYS ? "soon" : "calm";
}
