// A figure of the report with the file that its rows can be kept as.
import { Figure, type FigureProps } from "../../../shared/staff/charts/Figure";
import type { ReportFile } from "../api";
import { CsvButton } from "./CsvButton";

interface Props extends FigureProps {
  file: ReportFile | null;
}

export function ReportFigure({ file, ...figure }: Props) {
  return <Figure {...figure} buttons={file && <CsvButton file={file} title={figure.title} />} />;
}
