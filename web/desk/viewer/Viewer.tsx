// Shows one page of one file as large as there is room, to be zoomed, turned and moved.

import { EmptyState } from "../../shared/staff/ui/EmptyState";
import { useShortcuts } from "../../shared/staff/ui/shortcuts";
import type { DocumentFile } from "../../shared/types";
import type { Leaf } from "../model/leaves";
import { t } from "../text";
import { ZOOM_STEP } from "./geometry";
import { Toolbar } from "./Toolbar";
import { usePicture } from "./usePicture";
import { useStage } from "./useStage";
import "./viewer.css";

interface Props {
  leaf: Leaf;
  title: string;
  file: DocumentFile | null;
  place: number;
  all: number;
  ahead: Leaf | null;
  step(by: 1 | -1): void;
}

const PAN_STEP = 60;
const ARROWS: Readonly<Record<string, { x: number; y: number }>> = {
  ArrowLeft: { x: PAN_STEP, y: 0 },
  ArrowRight: { x: -PAN_STEP, y: 0 },
  ArrowUp: { x: 0, y: PAN_STEP },
  ArrowDown: { x: 0, y: -PAN_STEP },
};

export function Viewer({ leaf, title, file, place, all, ahead, step }: Props) {
  const picture = usePicture(leaf, ahead);
  const stage = useStage(picture.url);
  useShortcuts({
    "+": () => stage.zoom(ZOOM_STEP),
    "=": () => stage.zoom(ZOOM_STEP),
    "-": () => stage.zoom(1 / ZOOM_STEP),
    "0": stage.whole,
    "[": () => stage.turn(-1),
    "]": () => stage.turn(1),
  });

  function onKeyDown(event: KeyboardEvent) {
    const by = ARROWS[event.key];
    if (!by || stage.view.zoom === 1) return;
    event.preventDefault();
    stage.pan(by);
  }

  return (
    <section class="viewer" aria-label={t("viewer")}>
      <Toolbar stage={stage} leaf={leaf} file={file} place={place} all={all} step={step} />
      <figure
        ref={stage.frame}
        class={`stage ${stage.view.zoom > 1 ? "stage-zoomed" : ""}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a zoomed picture is moved with the arrow keys, so it must take the focus
        tabIndex={0}
        aria-label={t("stageHint")}
        onKeyDown={onKeyDown}
      >
        {file === null ? (
          <EmptyState text={t("documentNothing")} />
        ) : picture.failed ? (
          <EmptyState text={t("pictureFailed")} action={{ title: t("retry"), run: picture.retry }} />
        ) : picture.url === null ? (
          <EmptyState text={t("loading")} />
        ) : (
          <img
            key={picture.url}
            ref={stage.image}
            src={picture.url}
            alt={t("pictureOf", { title, name: file.name, page: leaf.page, pages: Math.max(1, file.pages) })}
            draggable={false}
            onLoad={stage.measure}
            onError={picture.broken}
          />
        )}
      </figure>
    </section>
  );
}
