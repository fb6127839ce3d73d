// The rules of a password tick off one by one as it is typed.
import { expect, test } from "vitest";
import { passwordRules } from "./password-rules";

const typed = { current: "old-password-1", fresh: "", again: "" };
const good = { ...typed, fresh: "雨伞 汽水 栏杆 四十二", again: "雨伞 汽水 栏杆 四十二" };

test("nothing typed keeps no rule", () => {
  expect(Object.values(passwordRules(typed, "林审核"))).toEqual([false, false, false, false]);
});

test("a long one that is new and typed twice keeps all", () => {
  expect(
    Object.values(passwordRules({ ...good, fresh: `${good.fresh}。`, again: `${good.fresh}。` }, "林审核")),
  ).toEqual([true, true, true, true]);
});

test.each([
  ["rule_length", { ...typed, fresh: "short-one", again: "short-one" }],
  ["rule_name", { ...typed, fresh: "i-am-林审核-always", again: "i-am-林审核-always" }],
  ["rule_new", { ...typed, fresh: typed.current, again: typed.current }],
  ["rule_same", { ...typed, fresh: "umbrella-soda-rail", again: "umbrella-soda-rai" }],
] as const)("%s alone is missing", (rule, passwords) => {
  const missing = Object.entries(passwordRules(passwords, "林审核")).filter(([, kept]) => !kept);
  expect(missing).toEqual([[rule, false]]);
});
