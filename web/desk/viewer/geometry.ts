// Where a picture lies in the viewer: fitting, zooming around a point, turning and moving, without any DOM.

export interface Size {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

export type Turn = 0 | 90 | 180 | 270;

/** `zoom` 1 means that the whole picture is just visible; `x`, `y` move its centre away from the centre of the frame. */
export interface View extends Point {
  zoom: number;
  turn: Turn;
}

export const MIN_ZOOM = 1;
export const MAX_ZOOM = 8;
export const ZOOM_STEP = 1.5;

export const WHOLE: View = { zoom: 1, turn: 0, x: 0, y: 0 };

/** The factor from picture pixels to screen pixels at which the whole turned picture is visible; small ones are not blown up. */
export function fitScale(picture: Size, frame: Size, turn: Turn): number {
  const { width, height } = turned(picture, turn);
  if (width === 0 || height === 0) return 1;
  return Math.min(frame.width / width, frame.height / height, 2);
}

/** Zooms so that what is under `at` (measured from the centre of the frame) stays under it. */
export function zoomAt(view: View, factor: number, at: Point, picture: Size, frame: Size): View {
  const zoom = clamp(view.zoom * factor, MIN_ZOOM, MAX_ZOOM);
  const grown = zoom / view.zoom;
  return keepInside(
    { ...view, zoom, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown },
    picture,
    frame,
  );
}

export function move(view: View, by: Point, picture: Size, frame: Size): View {
  return keepInside({ ...view, x: view.x + by.x, y: view.y + by.y }, picture, frame);
}

/** Turns clockwise (1) or anticlockwise (-1) and shows the whole picture again. */
export function turnBy(view: View, quarter: 1 | -1): View {
  return { ...WHOLE, turn: ((view.turn + quarter * 90 + 360) % 360) as Turn };
}

/** No further than the edges: a picture that fits stays centred, a larger one never leaves a gap at a side it could fill. */
export function keepInside(view: View, picture: Size, frame: Size): View {
  const scale = fitScale(picture, frame, view.turn) * view.zoom;
  const shown = turned(picture, view.turn);
  const roomX = Math.max(0, (shown.width * scale - frame.width) / 2);
  const roomY = Math.max(0, (shown.height * scale - frame.height) / 2);
  return { ...view, x: clamp(view.x, -roomX, roomX), y: clamp(view.y, -roomY, roomY) };
}

function turned(picture: Size, turn: Turn): Size {
  return turn % 180 === 0 ? picture : { width: picture.height, height: picture.width };
}

function clamp(value: number, low: number, high: number): number {
  // The sum with 0 turns -0 into 0.
  return Math.min(high, Math.max(low, value)) + 0;
}
