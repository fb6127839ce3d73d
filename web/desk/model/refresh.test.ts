// What happens to the rows on the screen when a fresh list comes.
import { describe, expect, test } from "vitest";
import type { CaseLine } from "../types";
import { neighbourOf, refreshInPlace } from "./refresh";

const line = (application_no: string, state = "in_review") => ({ application_no, state }) as CaseLine;
const numbers = (lines: readonly CaseLine[]) => lines.map((each) => each.application_no);

describe("a refresh in place", () => {
  const shown = [line("A"), line("B"), line("C")];

  test("keeps every row where it is, with what is new about it", () => {
    const { lines } = refreshInPlace(shown, [line("C"), line("B", "paid"), line("A")]);
    expect(numbers(lines)).toEqual(["A", "B", "C"]);
    expect(lines[1]?.state).toBe("paid");
  });

  test("tells which rows have left and how many wait to be shown", () => {
    const { lines, left, arrived } = refreshInPlace(shown, [line("X"), line("A"), line("C"), line("Y")]);
    expect(numbers(lines)).toEqual(["A", "B", "C"]);
    expect([...left]).toEqual(["B"]);
    expect(arrived).toBe(2);
  });
});

describe("coming back to a list", () => {
  const before = [line("A"), line("B"), line("C")];

  test("leads to the row that was opened while it is there", () => {
    expect(neighbourOf("B", before, [line("C"), line("B")])).toBe("B");
  });

  test("leads to the row after it, or the last one, when it has gone", () => {
    expect(neighbourOf("B", before, [line("A"), line("C")])).toBe("C");
    expect(neighbourOf("C", before, [line("A")])).toBe("A");
    expect(neighbourOf("A", before, [])).toBeNull();
  });

  test("leads to a row that was opened from elsewhere only when the list has it", () => {
    expect(neighbourOf("Z", before, [line("Z")])).toBe("Z");
    expect(neighbourOf("Z", before, before)).toBeNull();
  });
});
