// The numbers behind a chart: opened on demand, always there on paper.
import { t } from "../text";
import type { ChartData } from "./series";

interface Props {
  data: ChartData;
  title: string;
  open: boolean;
}

export function ChartTable({ data, title, open }: Props) {
  return (
    <section
      class={open ? "chart-table" : "chart-table chart-table-closed"}
      // Long tables scroll, by keyboard too.
      tabIndex={open ? 0 : -1}
      aria-label={t("numbersOf", { title })}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">{data.axis}</th>
            {data.series.map((series) => (
              <th key={series.key} scope="col" class="number">
                {series.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.labels.map((label, index) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {data.series.map((series) => (
                <td key={series.key} class="number">
                  {data.show(series.values[index] ?? null)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
