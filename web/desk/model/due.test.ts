// Deadlines are days in Beijing, wherever the browser is.
import { expect, test } from "vitest";
import { dueOn } from "./due";

const MORNING = new Date("2026-11-22T01:00:00Z");
const LATE_EVENING = new Date("2026-11-22T15:59:59Z");
const AFTER_MIDNIGHT = new Date("2026-11-22T16:00:00Z");

test.each([
  ["2026-11-20", { tone: "overdue", days: -2 }],
  ["2026-11-22", { tone: "today", days: 0 }],
  ["2026-11-23", { tone: "soon", days: 1 }],
  ["2026-11-24", { tone: "soon", days: 2 }],
  ["2026-11-25", { tone: "calm", days: 3 }],
  ["2027-01-01", { tone: "calm", days: 40 }],
])("on 22 November, %s is %o", (date, due) => {
  expect(dueOn(date, MORNING)).toEqual(due);
});

test("the day changes at midnight in Beijing", () => {
  expect(dueOn("2026-11-22", LATE_EVENING).tone).toBe("today");
  expect(dueOn("2026-11-22", AFTER_MIDNIGHT).tone).toBe("overdue");
});
