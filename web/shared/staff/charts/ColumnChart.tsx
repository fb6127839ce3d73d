// Columns over time, the series on top of each other.
import { type Area, Plot } from "./Plot";
import { scaleFor } from "./scale";
import type { ChartData } from "./series";

const WIDEST = 48;

export function ColumnChart({ data, summary }: { data: ChartData; summary: string }) {
  const heights = data.labels.map((_, index) => sumAt(data, index, data.series.length));
  return (
    <Plot
      data={data}
      scale={scaleFor(heights, data.whole)}
      summary={summary}
      look="columns"
      draw={(area) =>
        data.series.map((series, place) => (
          <g key={series.key} class={`series series-${series.tone}`}>
            {series.values.map((value, index) => (
              <Column
                key={data.labels[index]}
                area={area}
                index={index}
                count={data.labels.length}
                from={sumAt(data, index, place)}
                height={value ?? 0}
              />
            ))}
          </g>
        ))
      }
    />
  );
}

interface ColumnProps {
  area: Area;
  index: number;
  count: number;
  from: number;
  height: number;
}

function Column({ area, index, count, from, height }: ColumnProps) {
  if (height === 0) return null;
  const width = Math.min(WIDEST, (area.width / count) * 0.7);
  const top = area.y(from + height);
  return (
    <rect
      class="series-column"
      x={area.x(index) - width / 2}
      y={top}
      width={width}
      height={Math.max(1, area.y(from) - top)}
    />
  );
}

/** What the first `series` series come to at this label. */
function sumAt(data: ChartData, index: number, series: number): number {
  return data.series.slice(0, series).reduce((sum, { values }) => sum + (values[index] ?? 0), 0);
}
