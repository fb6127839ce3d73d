// The period and the procedure that a report is about, as they stand in the address; days are those of Beijing.
import { createContext } from "preact";
import { dayKey } from "../../../shared/format";
import type { Asked } from "../../model/rooms";

export interface Period {
  from: string;
  to: string;
  procedure: string;
}

export type Preset = "week" | "month" | "thisMonth" | "lastMonth";

export const PRESETS: readonly Preset[] = ["week", "month", "thisMonth", "lastMonth"];

const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function presetPeriod(preset: Preset, now: Date): { from: string; to: string } {
  const today = dayKey(now.toISOString());
  if (preset === "week") return { from: daysBefore(today, 6), to: today };
  if (preset === "month") return { from: daysBefore(today, 29), to: today };
  if (preset === "thisMonth") return { from: `${today.slice(0, 7)}-01`, to: today };
  const lastDay = daysBefore(`${today.slice(0, 7)}-01`, 1);
  return { from: `${lastDay.slice(0, 7)}-01`, to: lastDay };
}

/** The last thirty days, unless the address names others. */
export function periodOf(asked: Asked, now: Date): Period {
  const usual = presetPeriod("month", now);
  return { from: day(asked.from) ?? usual.from, to: day(asked.to) ?? usual.to, procedure: asked.procedure ?? "" };
}

function day(word: string | undefined): string | null {
  return word !== undefined && DAY.test(word) ? word : null;
}

function daysBefore(date: string, days: number): string {
  return new Date(Date.parse(date) - days * DAY_MS).toISOString().slice(0, 10);
}

export const PeriodContext = createContext<Period>({ from: "", to: "", procedure: "" });
