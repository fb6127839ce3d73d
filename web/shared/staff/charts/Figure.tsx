// One subject of the report: a title, the gist in a sentence, the picture, the numbers behind it, and the file to keep.
import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { t } from "../text";
import { ChartTable } from "./ChartTable";
import type { ChartData } from "./series";
import "./charts.css";

export interface FigureProps {
  title: string;
  gist: string;
  /** Beside the one that shows the numbers. */
  buttons?: ComponentChildren;
  data?: ChartData;
  wide?: boolean;
  children: ComponentChildren;
}

export function Figure({ title, gist, buttons, data, wide = false, children }: FigureProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <section class={wide ? "figure figure-wide" : "figure"} aria-labelledby={id}>
      <header class="figure-head">
        <h2 id={id}>{title}</h2>
        <div class="figure-buttons">
          {data && (
            <button type="button" class="quiet-button" aria-expanded={open} onClick={() => setOpen(!open)}>
              {t("numbers")}
              <span class="visually-hidden">{title}</span>
            </button>
          )}
          {buttons}
        </div>
        <p class="figure-gist">{gist}</p>
      </header>
      {children}
      {data && <ChartTable data={data} title={title} open={open} />}
    </section>
  );
}
