// Pointer, wheel and double click on the stage, told as zooming and panning; one finger scrolls the page while the picture is whole.
import type { Point } from "./geometry";

export interface Gestures {
  zoom(factor: number, at: Point): void;
  pan(by: Point): void;
  isWhole(): boolean;
  toggle(at: Point): void;
}

const WHEEL_SPEED = 0.002;

export function followGestures(stage: HTMLElement, gestures: Gestures): () => void {
  const fingers = new Map<number, Point>();

  function fromCentre({ clientX, clientY }: MouseEvent): Point {
    const box = stage.getBoundingClientRect();
    return { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 };
  }

  function onWheel(event: WheelEvent) {
    if (event.ctrlKey || event.metaKey) gestures.zoom(Math.exp(-event.deltaY * WHEEL_SPEED), fromCentre(event));
    else if (gestures.isWhole()) return;
    else gestures.pan({ x: -event.deltaX, y: -event.deltaY });
    event.preventDefault();
  }

  function onDown(event: PointerEvent) {
    if (event.button !== 0) return;
    stage.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, fromCentre(event));
  }

  function onMove(event: PointerEvent) {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = fromCentre(event);
    fingers.set(event.pointerId, now);
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
      gestures.zoom(distance(now, other) / Math.max(1, distance(before, other)), middle);
    } else {
      gestures.pan({ x: now.x - before.x, y: now.y - before.y });
    }
  }

  function onUp(event: PointerEvent) {
    fingers.delete(event.pointerId);
  }

  function onDoubleClick(event: MouseEvent) {
    gestures.toggle(fromCentre(event));
  }

  const stopped = new AbortController();
  const options = { signal: stopped.signal };
  stage.addEventListener("wheel", onWheel, { ...options, passive: false });
  stage.addEventListener("pointerdown", onDown, options);
  stage.addEventListener("pointermove", onMove, options);
  stage.addEventListener("pointerup", onUp, options);
  stage.addEventListener("pointercancel", onUp, options);
  stage.addEventListener("dblclick", onDoubleClick, options);
  return () => stopped.abort();
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
