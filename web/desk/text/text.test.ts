// Both languages say the same things with the same blanks to fill.
import { expect, test } from "vitest";
import { en } from "./en";
import { mismatchLetter, rejectLetter, requestLetter, sendBackLetter, waivedLetter } from "./letters";
import { type TextKey, zh } from "./zh";

const blanks = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map((blank) => blank[1]).sort();

test("every sentence has the same blanks in both languages", () => {
  for (const key of Object.keys(zh) as TextKey[]) expect(blanks(en[key]), key).toEqual(blanks(zh[key]));
});

test("letters carry what was written, and show that something is missing", () => {
  expect(sendBackLetter("SQ1", "收据", " 看不清 ")).toContain("收据（看不清）");
  expect(requestLetter("SQ1", "")).toContain("…");
  expect(rejectLetter("SQ1", "条款不符")).toMatch(/^申请 SQ1：.*\n原因：条款不符$/);
  expect(mismatchLetter("缺电源")).toContain("有问题：缺电源。");
  expect(waivedLetter("SQ1", " ")).toBe("申请 SQ1 的机器不用退回了：…。");
});
