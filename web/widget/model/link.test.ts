import { expect, test } from "vitest";
import { linkOf } from "./link";

test("reads what stands behind the mark, and nothing else", () => {
  expect(linkOf("#link=abc-_1")).toBe("abc-_1");
  expect(linkOf("#other")).toBeNull();
  expect(linkOf("")).toBeNull();
});
