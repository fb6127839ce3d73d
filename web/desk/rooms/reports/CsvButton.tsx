// Fetches the rows behind a subject as a file for a spreadsheet.
import { useContext } from "preact/hooks";
import { announce } from "../../../shared/staff/ui/announce";
import { Icon } from "../../../shared/staff/ui/Icon";
import { type ReportFile, reports } from "../api";
import { saveFile } from "../save";
import { r } from "../text";
import { useSend } from "../useSend";
import { PeriodContext } from "./period";

export function CsvButton({ file, title }: { file: ReportFile; title: string }) {
  const { from, to, procedure } = useContext(PeriodContext);
  const { busy, problem, send } = useSend();

  async function fetchFile() {
    const sent = await send(file, () => reports.file(file, { from, to, procedure }));
    if (sent === null) return;
    saveFile(sent.answer, `${title}-${from}-${to}.csv`);
    announce(r("fileSaved", { title }));
  }
  return (
    <>
      <button type="button" class="quiet-button" aria-disabled={busy} onClick={() => void fetchFile()}>
        <Icon name="download" />
        CSV
        <span class="visually-hidden">{title}</span>
      </button>
      {problem && (
        <span class="figure-problem" role="alert">
          {problem}
        </span>
      )}
    </>
  );
}
