import { expect, test } from "vitest";
import { utterances } from "./pasted";

test("pasted lines are told apart by the names before them", () => {
  expect(utterances("客户：押金怎么退\n坐席: 我帮您看一下\n请稍等\n\n商户：好的", "caller")).toEqual([
    { role: "caller", text: "押金怎么退" },
    { role: "agent", text: "我帮您看一下" },
    { role: "agent", text: "请稍等" },
    { role: "caller", text: "好的" },
  ]);
});

test("a line without a name belongs to who speaks now", () => {
  expect(utterances("退押金", "agent")).toEqual([{ role: "agent", text: "退押金" }]);
  expect(utterances("  ", "caller")).toEqual([]);
});
