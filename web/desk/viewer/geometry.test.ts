// However a picture is zoomed, turned and moved, it cannot get lost.
import { describe, expect, test } from "vitest";
import {
  fitScale,
  keepInside,
  MAX_ZOOM,
  MIN_ZOOM,
  move,
  type Turn,
  turnBy,
  type View,
  WHOLE,
  zoomAt,
} from "./geometry";

const FRAME = { width: 900, height: 500 };
const PHOTO = { width: 1080, height: 1440 };

/** Random but repeatable numbers between 0 and 1. */
function* numbers(): Generator<number> {
  for (let seed = 7; ; seed = (seed * 48271) % 2147483647) yield seed / 2147483647;
}

describe("fitting", () => {
  test("the whole picture is visible, turned or not", () => {
    for (const turn of [0, 90, 180, 270] as Turn[]) {
      const scale = fitScale(PHOTO, FRAME, turn);
      const across = turn % 180 === 0 ? PHOTO : { width: PHOTO.height, height: PHOTO.width };
      expect(across.width * scale).toBeLessThanOrEqual(FRAME.width + 1e-9);
      expect(across.height * scale).toBeLessThanOrEqual(FRAME.height + 1e-9);
    }
  });

  test("a tiny picture is not blown up beyond recognition", () => {
    expect(fitScale({ width: 10, height: 10 }, FRAME, 0)).toBe(2);
  });
});

describe("zooming", () => {
  test("what is under the pointer stays under it", () => {
    const at = { x: 40, y: -30 };
    const before = zoomAt(WHOLE, 4, { x: 0, y: 0 }, PHOTO, FRAME);
    const after = zoomAt(before, 1.5, at, PHOTO, FRAME);
    expect((at.x - after.x) / after.zoom).toBeCloseTo((at.x - before.x) / before.zoom);
    expect((at.y - after.y) / after.zoom).toBeCloseTo((at.y - before.y) / before.zoom);
  });

  test("a thousand moves, zooms and turns keep the picture in the frame", () => {
    const next = numbers();
    const random = () => next.next().value as number;
    let view: View = WHOLE;
    for (let count = 0; count < 1000; count++) {
      const by = { x: (random() - 0.5) * 2000, y: (random() - 0.5) * 2000 };
      const choice = random();
      if (choice < 0.45) view = zoomAt(view, 0.5 + random() * 2, by, PHOTO, FRAME);
      else if (choice < 0.9) view = move(view, by, PHOTO, FRAME);
      else view = turnBy(view, random() < 0.5 ? 1 : -1);
      expect(view).toEqual(keepInside(view, PHOTO, FRAME));
      expect(view.zoom).toBeGreaterThanOrEqual(MIN_ZOOM);
      expect(view.zoom).toBeLessThanOrEqual(MAX_ZOOM);
    }
  });
});

test("four turns the same way are none, and a turn shows the whole picture", () => {
  let view: View = { zoom: 3, turn: 0, x: 50, y: 50 };
  for (const turn of [90, 180, 270, 0]) {
    view = turnBy(view, 1);
    expect(view).toEqual({ ...WHOLE, turn });
  }
  expect(turnBy(WHOLE, -1).turn).toBe(270);
});
