// Several series over time: told apart by colour, dashes and the shape of their points.
import { type Area, Plot } from "./Plot";
import { scaleFor } from "./scale";
import type { ChartData, Series } from "./series";

/** More points than this would make one thick line of the dots. */
const DOTS_UP_TO = 45;

export function LineChart({ data, summary }: { data: ChartData; summary: string }) {
  const scale = scaleFor(
    data.series.flatMap((series) => series.values),
    data.whole,
  );
  return (
    <Plot
      data={data}
      scale={scale}
      summary={summary}
      look="lines"
      draw={(area) =>
        data.series.map((series) => (
          <g key={series.key} class={`series series-${series.tone}`}>
            <path class="series-line" d={pathOf(series, area)} />
            {data.labels.length <= DOTS_UP_TO &&
              series.values.map(
                (value, index) =>
                  value !== null && (
                    <circle key={data.labels[index]} class="series-dot" cx={area.x(index)} cy={area.y(value)} r="2.5" />
                  ),
              )}
          </g>
        ))
      }
    />
  );
}

/** A missing value leaves a gap. */
function pathOf(series: Series, area: Area): string {
  let pen = "M";
  return series.values
    .map((value, index) => {
      if (value === null) {
        pen = "M";
        return "";
      }
      const step = `${pen}${area.x(index).toFixed(1)} ${area.y(value).toFixed(1)}`;
      pen = "L";
      return step;
    })
    .join("");
}
