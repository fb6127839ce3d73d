import { expect, test } from "vitest";
import { startersOf } from "./starters";

const ALWAYS = ["查询进度", "转人工"];
const procedures = (count: number) => Array.from({ length: count }, (_, index) => `业务${index + 1}`);

test("a few procedures all stand there at once", () => {
  expect(startersOf(procedures(5), ALWAYS)).toEqual({ first: [...procedures(5), ...ALWAYS], rest: [] });
});

test("of many, the first four do, and none is lost", () => {
  const { first, rest } = startersOf(procedures(9), ALWAYS);
  expect(first).toEqual([...procedures(4), ...ALWAYS]);
  expect(rest).toEqual(procedures(9).slice(4));
});

test("nothing is offered twice, and without any procedure the fixed ones remain", () => {
  expect(startersOf(["转人工", "退押金", "退押金"], ALWAYS).first).toEqual(["退押金", ...ALWAYS]);
  expect(startersOf([], ALWAYS).first).toEqual(ALWAYS);
});
