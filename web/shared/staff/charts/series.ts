// What a chart draws: a row of labels, and for each series one value a label.

export interface Series {
  key: string;
  title: string;
  /** Colour and dashes. */
  tone: "info" | "ok" | "danger" | "warn";
  values: readonly (number | null)[];
}

export interface ChartData {
  /** What the labels are: "day", "week". */
  axis: string;
  labels: readonly string[];
  series: readonly Series[];
  /** Counted things stand at whole numbers. */
  whole: boolean;
  show(value: number | null): string;
}
