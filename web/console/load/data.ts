// From the service's figures to what tiles and charts show.
import { dayKey, formatDay } from "../../shared/format";
import type { ChartData } from "../../shared/staff/charts/series";
import { locale, t } from "../text";
import type { Load } from "../types";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

/** The last seven days, unless the address names others. */
export function periodOf(from: string, to: string, now: Date): { from: string; to: string } {
  const today = dayKey(now.toISOString());
  const weekAgo = new Date(Date.parse(today) - 6 * DAY_MS).toISOString().slice(0, 10);
  return { from: DAY.test(from) ? from : weekAgo, to: DAY.test(to) ? to : today };
}

export function duration(seconds: number | null): string {
  if (seconds === null) return "—";
  if (seconds < 60) return t("seconds", { seconds: Math.round(seconds) });
  return t("minutes", { minutes: (seconds / 60).toLocaleString(locale, { maximumFractionDigits: 1 }) });
}

export function share(part: number | null): string {
  return part === null ? "—" : `${Math.round(part * 100)}%`;
}

export function handoversData(load: Load): ChartData {
  return {
    axis: t("day"),
    labels: load.by_day.map(({ day }) => shortDay(day)),
    series: [
      { key: "handovers", title: t("handovers"), tone: "info", values: load.by_day.map((day) => day.handovers) },
    ],
    whole: true,
    show: (value) => (value === null ? "—" : value.toLocaleString(locale)),
  };
}

export function waitData(load: Load): ChartData {
  return {
    axis: t("day"),
    labels: load.by_day.map(({ day }) => shortDay(day)),
    series: [
      { key: "wait", title: t("medianWait"), tone: "warn", values: load.by_day.map((day) => day.median_wait_s) },
    ],
    whole: false,
    show: duration,
  };
}

function shortDay(day: string): string {
  return formatDay(`${day}T12:00:00+08:00`, locale);
}
