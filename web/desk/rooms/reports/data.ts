// From the service's report to what the charts draw.
import { formatDay } from "../../../shared/format";
import type { ChartData, Series } from "../../../shared/staff/charts/series";
import { locale } from "../../text";
import { r } from "../text";
import type { Report } from "../types";

const FLOWS = ["filed", "approved", "rejected", "paid"] as const;
const FLOW_TONES = { filed: "info", approved: "ok", rejected: "danger", paid: "warn" } as const;

export function sumOf(report: Report, flow: (typeof FLOWS)[number]): number {
  return report.volume.reduce((sum, day) => sum + day[flow], 0);
}

export function volumeData(report: Report): ChartData {
  const series: Series[] = FLOWS.map((flow) => ({
    key: flow,
    title: r(flow),
    tone: FLOW_TONES[flow],
    values: report.volume.map((day) => day[flow]),
  }));
  return {
    axis: r("axisDay"),
    labels: report.volume.map(({ day }) => shortDay(day)),
    series,
    whole: true,
    show: counted,
  };
}

export function speedData(report: Report): ChartData {
  const weeks = report.first_decision.by_week;
  return {
    axis: r("axisWeek"),
    labels: weeks.map(({ week }) => shortDay(week)),
    series: [{ key: "median", title: r("medianSeries"), tone: "info", values: weeks.map((week) => week.median_hours) }],
    whole: false,
    show: hours,
  };
}

export function deadlineData(report: Report): ChartData {
  const weeks = report.deadlines.by_week;
  return {
    axis: r("axisWeek"),
    labels: weeks.map(({ week }) => shortDay(week)),
    series: (["kept", "missed"] as const).map((key) => ({
      key,
      title: r(key),
      tone: key === "kept" ? "ok" : "danger",
      values: weeks.map((week) => week[key]),
    })),
    whole: true,
    show: counted,
  };
}

/** `87%` of the deadlines that ended were kept; a dash when none ended. */
export function keptShare({ deadlines: { kept, missed } }: Report): string {
  return kept + missed === 0 ? "—" : `${Math.round((kept / (kept + missed)) * 100)}%`;
}

export function hours(value: number | null): string {
  return value === null ? "—" : r("hours", { hours: value.toLocaleString(locale, { maximumFractionDigits: 1 }) });
}

function counted(value: number | null): string {
  return value === null ? "—" : value.toLocaleString(locale);
}

/** A day, or the Monday of a week. */
function shortDay(day: string): string {
  return formatDay(`${day}T12:00:00+08:00`, locale);
}
