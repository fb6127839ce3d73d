// The frame of a drawn chart: lines and numbers of the axis, labels below, and what lies under the pointer in words.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { bandAt, bandCentre, labelStep, type Scale } from "./scale";
import type { ChartData } from "./series";
import { useWidth } from "./useWidth";

const HEIGHT = 200;
const TOP = 8;
const BOTTOM = 22;
const LEFT = 40;
const LABEL_WIDTH = 58;

export interface Area {
  width: number;
  x(index: number): number;
  y(value: number): number;
}

interface Props {
  data: ChartData;
  scale: Scale;
  summary: string;
  /** What the series look like in the legend. */
  look: "lines" | "columns";
  draw(area: Area): ComponentChildren;
}

export function Plot({ data, scale, summary, look, draw }: Props) {
  const [box, outer] = useWidth<HTMLDivElement>();
  const [pointed, setPointed] = useState<number | null>(null);
  const count = data.labels.length;
  const width = Math.max(0, outer - LEFT);
  const area: Area = {
    width,
    x: (index) => LEFT + bandCentre(index, count, width),
    y: (value) => TOP + (1 - scale.share(value)) * (HEIGHT - TOP - BOTTOM),
  };

  function point(event: PointerEvent) {
    const left = (event.currentTarget as Element).getBoundingClientRect().left;
    setPointed(bandAt(event.clientX - left - LEFT, count, width));
  }
  return (
    <div class={`plot plot-${look}`} ref={box}>
      <Readout data={data} index={pointed} />
      {outer > 0 && (
        <svg
          viewBox={`0 0 ${outer} ${HEIGHT}`}
          class="plot-picture"
          role="img"
          aria-label={summary}
          onPointerMove={point}
          onPointerLeave={() => setPointed(null)}
        >
          {scale.ticks.map((tick) => (
            <g key={tick}>
              <line class="plot-line" x1={LEFT} x2={outer} y1={area.y(tick)} y2={area.y(tick)} />
              <text class="plot-number" x={LEFT - 6} y={area.y(tick) + 4}>
                {tick}
              </text>
            </g>
          ))}
          {pointed !== null && (
            <rect
              class="plot-pointed"
              x={area.x(pointed) - width / count / 2}
              y={TOP}
              width={width / count}
              height={HEIGHT - TOP - BOTTOM}
            />
          )}
          {draw(area)}
          <Labels data={data} area={area} />
        </svg>
      )}
    </div>
  );
}

function Labels({ data, area }: { data: ChartData; area: Area }) {
  const step = labelStep(data.labels.length, area.width, LABEL_WIDTH);
  return (
    <>
      {data.labels.map(
        (label, index) =>
          index % step === 0 && (
            <text key={label} class="plot-label" x={area.x(index)} y={HEIGHT - 5}>
              {label}
            </text>
          ),
      )}
    </>
  );
}

/** For the pointer alone: the table below says the same to everybody. */
function Readout({ data, index }: { data: ChartData; index: number | null }) {
  return (
    <p class="plot-readout" aria-hidden="true">
      {index === null ? (
        data.series.map((series) => (
          <span key={series.key} class={`legend legend-${series.tone}`}>
            {series.title}
          </span>
        ))
      ) : (
        <>
          <strong>{data.labels[index]}</strong>
          {data.series.map((series) => (
            <span key={series.key} class={`legend legend-${series.tone}`}>
              {series.title} {data.show(series.values[index] ?? null)}
            </span>
          ))}
        </>
      )}
    </p>
  );
}
