import { describe, expect, test } from "vitest";
import { dayKey, formatFen, formatSize, formatTime } from "./format";

describe("money", () => {
  test.each([
    [0, "¥0.00"],
    [5, "¥0.05"],
    [19900, "¥199.00"],
    [123456789, "¥1,234,567.89"],
    [-1999, "-¥19.99"],
  ])("%d 分 reads %s", (fen, text) => expect(formatFen(fen)).toBe(text));
});

test("times are Beijing times wherever the browser is", () => {
  expect(formatTime("2026-11-22T17:05:00Z")).toBe("01:05");
  expect(dayKey("2026-11-22T17:05:00Z")).toBe("2026-11-23");
});

test.each([
  [900, "900 B"],
  [2048, "2 KB"],
  [8 * 1024 * 1024, "8.0 MB"],
])("%d bytes read %s", (bytes, text) => expect(formatSize(bytes)).toBe(text));
