// Axes end on round numbers, hold every value, and count things in whole numbers.
import { expect, test } from "vitest";
import { bandAt, bandCentre, labelStep, scaleFor } from "./scale";

test.each([
  [
    [0, 3],
    [0, 1, 2, 3],
  ],
  [
    [7, 19, null],
    [0, 5, 10, 15, 20],
  ],
  [[86], [0, 50, 100]],
  [[1000], [0, 500, 1000]],
  [[], [0, 1]],
  [[null], [0, 1]],
])("%j is counted along %j", (values, ticks) => {
  expect(scaleFor(values as (number | null)[], true).ticks).toEqual(ticks);
});

test("hours may be parts", () => {
  const scale = scaleFor([0.7], false);
  expect(scale.ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
  expect(scale.share(0.4)).toBeCloseTo(0.5);
});

test("no value lies above the axis, whatever its size", () => {
  for (let value = 1; value < 5000; value += 7) expect(scaleFor([value], true).share(value)).toBeLessThanOrEqual(1);
});

test("labels keep apart, and a place is found in its band", () => {
  expect(labelStep(30, 600, 50)).toBe(3);
  expect(labelStep(5, 600, 50)).toBe(1);
  for (const index of [0, 3, 6]) expect(bandAt(bandCentre(index, 7, 350), 7, 350)).toBe(index);
  expect(bandAt(-5, 7, 350)).toBe(0);
  expect(bandAt(999, 7, 350)).toBe(6);
});
