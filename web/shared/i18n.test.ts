import { expect, test } from "vitest";
import { fill, pickLocale } from "./i18n";

test("a sentence gets its values, and an unknown name stays visible", () => {
  expect(fill("还差 {n} 项，{what}", { n: 2 })).toBe("还差 2 项，{what}");
});

test.each([
  [["en-GB"], "en"],
  [["zh-TW"], "zh-CN"],
  [["fr", "en"], "en"],
  [["fr"], "zh-CN"],
  [[], "zh-CN"],
])("asked for %j a page speaks %s", (asked, spoken) => {
  expect(pickLocale(["zh-CN", "en"], asked as string[])).toBe(spoken);
});
