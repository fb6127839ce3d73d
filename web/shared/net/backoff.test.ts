import { expect, test } from "vitest";
import { backoffMs } from "./backoff";

test("pauses grow up to half a minute and are spread", () => {
  expect([1, 2, 3, 6, 60].map((failures) => backoffMs(failures, () => 1))).toEqual([1000, 2000, 4000, 30000, 30000]);
  expect(backoffMs(1, () => 0)).toBe(500);
});
