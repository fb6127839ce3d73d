// The subjects of a report, each with its gist in a sentence.
import { formatFen } from "../../../shared/format";
import { BarTable } from "../../../shared/staff/charts/BarTable";
import { ColumnChart } from "../../../shared/staff/charts/ColumnChart";
import { LineChart } from "../../../shared/staff/charts/LineChart";
import { r } from "../text";
import type { Report } from "../types";
import { deadlineData, hours, keptShare, speedData, sumOf, volumeData } from "./data";
import { ReportFigure } from "./ReportFigure";
import { Tiles } from "./Tiles";

export function ReportBody({ report }: { report: Report }) {
  return (
    <>
      <Tiles report={report} />
      <div class="figures">
        <Volume report={report} />
        <Speed report={report} />
        <Deadlines report={report} />
        <Refusals report={report} />
        <SentBack report={report} />
        <Procedures report={report} />
        <Money report={report} />
      </div>
    </>
  );
}

function Volume({ report }: { report: Report }) {
  const data = volumeData(report);
  const gist = r("volumeGist", {
    filed: sumOf(report, "filed"),
    approved: sumOf(report, "approved"),
    rejected: sumOf(report, "rejected"),
  });
  return (
    <ReportFigure title={r("volume")} gist={gist} file="volume" data={data} wide>
      <LineChart data={data} summary={`${r("volume")}：${gist}`} />
    </ReportFigure>
  );
}

function Speed({ report }: { report: Report }) {
  const { median_hours, p90_hours, count } = report.first_decision;
  const data = speedData(report);
  const gist =
    count === 0 ? r("speedNone") : r("speedGist", { count, median: hours(median_hours), p90: hours(p90_hours) });
  return (
    <ReportFigure title={r("speed")} gist={gist} file="first_decision" data={data}>
      <ColumnChart data={data} summary={`${r("speed")}：${gist}`} />
    </ReportFigure>
  );
}

function Deadlines({ report }: { report: Report }) {
  const { kept, missed, open_overdue } = report.deadlines;
  const data = deadlineData(report);
  const gist = r("deadlinesGist", { kept, missed, share: keptShare(report), overdue: open_overdue });
  return (
    <ReportFigure title={r("deadlines")} gist={gist} file="deadlines" data={data}>
      <ColumnChart data={data} summary={`${r("deadlines")}：${gist}`} />
    </ReportFigure>
  );
}

function Refusals({ report }: { report: Report }) {
  const bars = report.refusals.map(({ code, text, count }) => ({ key: code, title: text, count }));
  const all = bars.reduce((sum, bar) => sum + bar.count, 0);
  return (
    <ReportFigure title={r("refusals")} gist={r("refusalsGist", { count: all })} file="refusals">
      <BarTable title={r("refusals")} bars={bars} />
    </ReportFigure>
  );
}

function SentBack({ report }: { report: Report }) {
  const bars = report.sent_back.map(({ document, title, count, reasons }) => ({
    key: document,
    title,
    count,
    parts: reasons.map((reason) => `${reason.text} ${reason.count}`),
  }));
  const all = bars.reduce((sum, bar) => sum + bar.count, 0);
  return (
    <ReportFigure title={r("sentBack")} gist={r("sentBackGist", { count: all })} file="sent_back">
      <BarTable title={r("sentBack")} bars={bars} />
    </ReportFigure>
  );
}

function Procedures({ report }: { report: Report }) {
  const bars = report.procedures.map(({ code, title, filed }) => ({ key: code, title, count: filed }));
  return (
    <ReportFigure title={r("byProcedure")} gist={r("byProcedureGist", { count: bars.length })} file={null}>
      <BarTable title={r("byProcedure")} bars={bars} />
    </ReportFigure>
  );
}

function Money({ report }: { report: Report }) {
  const { paid_fen, paid_count, open_fen } = report.money;
  return (
    <ReportFigure title={r("money")} gist={r("moneyGist", { count: paid_count })} file={null}>
      <dl class="money-lines">
        <div>
          <dt>{r("moneyPaid")}</dt>
          <dd>{formatFen(paid_fen)}</dd>
        </div>
        <div>
          <dt>{r("moneyOpen")}</dt>
          <dd>{formatFen(open_fen)}</dd>
        </div>
        {paid_count > 0 && (
          <div>
            <dt>{r("moneyEach")}</dt>
            <dd>{formatFen(Math.round(paid_fen / paid_count))}</dd>
          </div>
        )}
      </dl>
    </ReportFigure>
  );
}
