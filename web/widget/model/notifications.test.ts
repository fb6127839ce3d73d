import { expect, test } from "vitest";
import { emailWish } from "./notifications";

test("an address that was typed is sent, an empty box leaves the old one, and it can be forgotten", () => {
  expect(emailWish(" a@b.cn ", false)).toEqual({ email: "a@b.cn" });
  expect(emailWish("a@b.cn", true)).toEqual({ email: "a@b.cn" });
  expect(emailWish("", false)).toEqual({});
  expect(emailWish(" ", true)).toEqual({ email: null });
});
