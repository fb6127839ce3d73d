// The few numbers that people ask for first.
import { formatFen } from "../../../shared/format";
import { r } from "../text";
import type { Report } from "../types";
import { hours, keptShare, sumOf } from "./data";

export function Tiles({ report }: { report: Report }) {
  const { median_hours } = report.first_decision;
  const tiles: readonly (readonly [string, string])[] = [
    [r("filed"), String(sumOf(report, "filed"))],
    [r("approved"), String(sumOf(report, "approved"))],
    [r("rejected"), String(sumOf(report, "rejected"))],
    [r("medianTile"), median_hours === null ? "—" : hours(median_hours)],
    [r("keptTile"), keptShare(report)],
    [r("paidTile"), formatFen(report.money.paid_fen)],
  ];
  return (
    <dl class="tiles">
      {tiles.map(([what, value]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
