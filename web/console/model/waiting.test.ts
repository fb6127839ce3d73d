import { expect, test } from "vitest";
import { clock, waitedSeconds, waitTone } from "./waiting";

test.each([
  [0, "0:00", "calm"],
  [75, "1:15", "amber"],
  [180, "3:00", "red"],
  [3_700, "1:01:40", "red"],
])("%d seconds read %s and look %s", (seconds, words, tone) => {
  expect(clock(seconds)).toBe(words);
  expect(waitTone(seconds)).toBe(tone);
});

test("a clock that is ahead of the service's waits from nothing", () => {
  expect(waitedSeconds("2026-11-27T10:00:05Z", Date.parse("2026-11-27T10:00:00Z"))).toBe(0);
});
