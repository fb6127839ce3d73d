// Choosing a reason never throws away what a reviewer wrote.
import { expect, test } from "vitest";
import { chooseReason, NO_WORDING, TEXT_LIMIT, wordingProblem } from "./wording";

const BLURRED = { code: "blurred", text: "看不清" };
const OTHER = { code: "other", text: "请重拍" };
const CATALOGUE = [BLURRED, OTHER];

test("an untouched text follows the reason", () => {
  const first = chooseReason(NO_WORDING, BLURRED, CATALOGUE);
  expect(first).toEqual(BLURRED);
  expect(chooseReason(first, OTHER, CATALOGUE)).toEqual(OTHER);
});

test("a text written by hand stays when the reason changes", () => {
  expect(chooseReason({ code: "blurred", text: "印章看不清" }, OTHER, CATALOGUE)).toEqual({
    code: "other",
    text: "印章看不清",
  });
});

test("a reason and a text are needed, and the text has a limit", () => {
  expect(wordingProblem(NO_WORDING)).toBe("chooseReason");
  expect(wordingProblem({ code: "other", text: "  " })).toBe("textMissing");
  expect(wordingProblem({ code: "other", text: "字".repeat(TEXT_LIMIT + 1) })).toBe("textTooLong");
  expect(wordingProblem({ code: "other", text: "字".repeat(TEXT_LIMIT) })).toBeNull();
});
