// The arithmetic of a chart: round numbers along the axis, places for values and labels. Pure.

export interface Scale {
  ticks: readonly number[];
  /** From the value to its share of the height, 0 to 1. */
  share(value: number): number;
}

const ROUND = [1, 2, 5, 10];
const WANTED_TICKS = 4;

/** From nothing up to the first round number that holds all values. `whole` for things that are counted. */
export function scaleFor(values: readonly (number | null)[], whole: boolean): Scale {
  const highest = Math.max(0, ...values.map((value) => value ?? 0));
  const step = stepFor(highest, whole);
  const count = Math.max(1, Math.ceil(highest / step - 1e-9));
  const ticks = Array.from({ length: count + 1 }, (_, index) => rounded(index * step));
  return { ticks, share: (value) => value / (count * step) };
}

function stepFor(highest: number, whole: boolean): number {
  const rough = highest / WANTED_TICKS;
  if (rough <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = ROUND.find((each) => each * power >= rough - 1e-9) ?? 10;
  const step = factor * power;
  return whole ? Math.max(1, Math.ceil(step)) : step;
}

/** Without the dust that adding fractions leaves. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}

/** Every how many labels one is written, so that none touches the next. */
export function labelStep(count: number, width: number, labelWidth: number): number {
  return Math.max(1, Math.ceil((count * labelWidth) / Math.max(1, width)));
}

/** Where the middle of each of `count` equal bands lies. */
export function bandCentre(index: number, count: number, width: number): number {
  return ((index + 0.5) * width) / Math.max(1, count);
}

/** Which band a place is in. */
export function bandAt(place: number, count: number, width: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor((place / Math.max(1, width)) * count)));
}
