// Periods are whole days of Beijing, wherever the browser is.
import { expect, test } from "vitest";
import { periodOf, presetPeriod } from "./period";

const NEW_YEARS_EVE = new Date("2026-12-31T17:00:00Z"); // 1 January in Beijing

test.each([
  ["week", "2026-12-26", "2027-01-01"],
  ["month", "2026-12-03", "2027-01-01"],
  ["thisMonth", "2027-01-01", "2027-01-01"],
  ["lastMonth", "2026-12-01", "2026-12-31"],
] as const)("%s is %s to %s", (preset, from, to) => {
  expect(presetPeriod(preset, NEW_YEARS_EVE)).toEqual({ from, to });
});

test("the address decides, as far as it makes sense", () => {
  expect(periodOf({ from: "2026-11-01", to: "2026-11-30", procedure: "deposit_refund" }, NEW_YEARS_EVE)).toEqual({
    from: "2026-11-01",
    to: "2026-11-30",
    procedure: "deposit_refund",
  });
  expect(periodOf({ from: "yesterday" }, NEW_YEARS_EVE)).toEqual({
    from: "2026-12-03",
    to: "2027-01-01",
    procedure: "",
  });
});
