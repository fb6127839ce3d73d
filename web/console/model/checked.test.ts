import { expect, test } from "vitest";
import { checkedNote, isChecked } from "./checked";

test("a paper is ticked by its own note alone", () => {
  const notes = [{ id: "n1", by: "坐席小何", at: "2026-11-27T10:00:00Z", text: checkedNote("SQ1", "押金收据") }];
  expect(isChecked(notes, "SQ1", "押金收据")).toBe(true);
  expect(isChecked(notes, "SQ1", "合同")).toBe(false);
  expect(isChecked(notes, "SQ2", "押金收据")).toBe(false);
});
