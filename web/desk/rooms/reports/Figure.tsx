// One subject of the report: a title, the gist in a sentence, the picture, the numbers behind it, and the file to keep.
import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import type { ReportFile } from "../api";
import { r } from "../text";
import { ChartTable } from "./ChartTable";
import { CsvButton } from "./CsvButton";
import type { ChartData } from "./series";

interface Props {
  title: string;
  gist: string;
  file: ReportFile | null;
  data?: ChartData;
  wide?: boolean;
  children: ComponentChildren;
}

export function Figure({ title, gist, file, data, wide = false, children }: Props) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <section class={wide ? "figure figure-wide" : "figure"} aria-labelledby={id}>
      <header class="figure-head">
        <h2 id={id}>{title}</h2>
        <div class="figure-buttons">
          {data && (
            <button type="button" class="quiet-button" aria-expanded={open} onClick={() => setOpen(!open)}>
              {r("numbers")}
              <span class="visually-hidden">{title}</span>
            </button>
          )}
          {file && <CsvButton file={file} title={title} />}
        </div>
        <p class="figure-gist">{gist}</p>
      </header>
      {children}
      {data && <ChartTable data={data} title={title} open={open} />}
    </section>
  );
}
