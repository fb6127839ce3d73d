// The report of a period: how much came, how fast it was decided, why it was refused or sent back, what was paid.
import { formatDay } from "../../../shared/format";
import { Loaded } from "../../../shared/staff/ui/Loaded";
import { useRead } from "../../../shared/staff/ui/useRead";
import { locale, named } from "../../text";
import { reports } from "../api";
import type { RoomProps } from "../props";
import { RoomFrame } from "../RoomFrame";
import { r } from "../text";
import { PeriodPicker } from "./PeriodPicker";
import { PeriodContext, periodOf } from "./period";
import { ReportBody } from "./ReportBody";
import "./reports.css";

export function ReportsPage({ asked }: RoomProps) {
  const period = periodOf(asked, new Date());
  const { from, to, procedure } = period;
  const read = useRead(`${from} ${to} ${procedure}`, (signal) => reports.read({ from, to, procedure }, signal));
  const print = (
    <button type="button" class="button" onClick={() => window.print()}>
      {r("print")}
    </button>
  );
  return (
    <RoomFrame
      title={named("room", "reports")}
      note={r("reportOf", { from: formatDay(from, locale), to: formatDay(to, locale) })}
      actions={print}
    >
      <PeriodPicker period={period} />
      <PeriodContext.Provider value={period}>
        <Loaded
          read={read}
          empty={(report) =>
            report.volume.every((day) => day.filed + day.approved + day.rejected + day.paid === 0)
              ? { title: r("reportEmpty"), text: r("reportEmptyText") }
              : null
          }
        >
          {(report) => <ReportBody report={report} />}
        </Loaded>
      </PeriodContext.Provider>
    </RoomFrame>
  );
}
