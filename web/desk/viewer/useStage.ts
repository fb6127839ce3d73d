// Ties the geometry to the page: measures frame and picture, and turns wheel, drag, pinch and keys into views.
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import {
  fitScale,
  keepInside,
  move,
  type Point,
  type Size,
  turnBy,
  type View,
  WHOLE,
  ZOOM_STEP,
  zoomAt,
} from "./geometry";
import { followGestures } from "./gestures";

const NOTHING: Size = { width: 0, height: 0 };
/** Free space around a picture, so that one sees where it ends. */
const MARGIN = 12;
const CENTRE: Point = { x: 0, y: 0 };

export interface Stage {
  frame: RefObject<HTMLElement | null>;
  image: RefObject<HTMLImageElement | null>;
  view: View;
  percent: number;
  measure(): void;
  zoom(factor: number): void;
  whole(): void;
  turn(quarter: 1 | -1): void;
  pan(by: Point): void;
}

export function useStage(shownUrl: string | null): Stage {
  const frame = useRef<HTMLElement>(null);
  const image = useRef<HTMLImageElement>(null);
  const [view, setView] = useState(WHOLE);
  const [frameSize, setFrameSize] = useState(NOTHING);
  const [pictureSize, setPictureSize] = useState(NOTHING);
  const scale = fitScale(pictureSize, frameSize, view.turn) * view.zoom;

  function zoom(factor: number, at: Point = CENTRE) {
    setView((now) => zoomAt(now, factor, at, pictureSize, frameSize));
  }
  function pan(by: Point) {
    setView((now) => move(now, by, pictureSize, frameSize));
  }

  // Gestures outlive a render; they always find the functions of the latest one here.
  const latest = useRef({ zoom, pan, view });
  latest.current = { zoom, pan, view };

  useEffect(() => setView(WHOLE), [shownUrl]);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      setFrameSize({ width: element.clientWidth - 2 * MARGIN, height: element.clientHeight - 2 * MARGIN });
    });
    observer.observe(element);
    const stopGestures = followGestures(element, {
      zoom: (factor, at) => latest.current.zoom(factor, at),
      pan: (by) => latest.current.pan(by),
      isWhole: () => latest.current.view.zoom === 1,
      toggle: (at) => (latest.current.view.zoom === 1 ? latest.current.zoom(ZOOM_STEP ** 2, at) : setView(WHOLE)),
    });
    return () => {
      observer.disconnect();
      stopGestures();
    };
  }, []);
  useEffect(() => setView((now) => keepInside(now, pictureSize, frameSize)), [pictureSize, frameSize]);
  useLayoutEffect(() => {
    const style = image.current?.style;
    style?.setProperty("--x", `${view.x}px`);
    style?.setProperty("--y", `${view.y}px`);
    style?.setProperty("--turn", `${view.turn}deg`);
    style?.setProperty("--scale", String(scale));
  });

  return {
    frame,
    image,
    view,
    percent: Math.round(scale * 100),
    measure: () => {
      const { naturalWidth: width = 0, naturalHeight: height = 0 } = image.current ?? {};
      setPictureSize({ width, height });
    },
    zoom,
    whole: () => setView(WHOLE),
    turn: (quarter) => setView((now) => turnBy(now, quarter)),
    pan,
  };
}
