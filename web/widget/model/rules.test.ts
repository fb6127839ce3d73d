import { describe, expect, test } from "vitest";
import { sends } from "../../shared/model/keys";
import { pieces, plain } from "../../shared/model/rich-text";
import { canShrink, faultOf, MAX_BYTES } from "../../shared/model/upload-rules";
import { contrastWithWhite } from "../theme";
import { codeFault, grouped, identityFaults, missingInputs, ungrouped } from "./form-rules";
import { parseSession, subjectOf } from "./session";

describe("keys", () => {
  const enter = { key: "Enter", keyCode: 13, isComposing: false, shiftKey: false, altKey: false };

  test("Enter sends", () => expect(sends(enter)).toBe(true));

  test.each([
    ["while a word is composed", { isComposing: true }],
    ["that closes a composition in Safari", { keyCode: 229 }],
    ["with Shift", { shiftKey: true }],
    ["with Alt", { altKey: true }],
    ["that is another key", { key: "a" }],
  ])("a press %s does not send", (_name, change) => expect(sends({ ...enter, ...change })).toBe(false));
});

describe("texts", () => {
  test("tokens become pills and lose their mark; all else stays letter by letter", () => {
    expect(pieces("卡号⟦银行卡 尾号1234 #a1⟧，谢谢")).toEqual([
      { kind: "text", text: "卡号" },
      { kind: "token", label: "银行卡 尾号1234" },
      { kind: "text", text: "，谢谢" },
    ]);
    expect(plain("⟦身份证 尾号002X #b2⟧")).toBe("身份证 尾号002X");
  });

  test.each(["", "<b>不是标签</b>", "⟦没有结束", "⟦⟧", "a⟦b⟦c"])("%j has no token", (text) => {
    expect(pieces(text).every((piece) => piece.kind === "text")).toBe(true);
    expect(plain(text)).toBe(text);
  });
});

describe("files", () => {
  const file = { name: "a.jpg", type: "image/jpeg", size: 1000 };

  test.each([
    [file, null],
    [{ ...file, type: "", name: "IMG_1.HEIC" }, null],
    [{ ...file, type: "", name: "notes.txt" }, "type"],
    [{ ...file, type: "text/html" }, "type"],
    [{ ...file, type: "image/svg+xml", name: "a.svg" }, "type"],
    [{ ...file, size: 0 }, "empty"],
    [{ ...file, size: MAX_BYTES }, null],
    [{ ...file, size: MAX_BYTES + 1 }, "size"],
  ])("%j is taken or refused as it should", (facts, fault) => expect(faultOf(facts)).toBe(fault));

  test("only large photos that a canvas can read are made smaller", () => {
    expect(canShrink({ ...file, size: MAX_BYTES + 1 })).toBe(true);
    expect(canShrink(file)).toBe(false);
    expect(canShrink({ name: "a.pdf", type: "application/pdf", size: MAX_BYTES + 1 })).toBe(false);
  });
});

describe("forms", () => {
  test("only what is plainly missing is told before sending", () => {
    expect(Object.keys(identityFaults(" ", "138"))).toEqual(["merchant_no", "phone"]);
    expect(identityFaults("822100012340001", "138 0000 8000")).toEqual({});
    expect(codeFault("123456")).toBeNull();
    expect(codeFault("12 34")).not.toBeNull();
    const inputs = [
      { name: "name", label: "姓名", kind: "name" as const, required: true },
      { name: "bank", label: "开户银行", kind: "bank_name" as const, required: false },
    ];
    expect(missingInputs(inputs, { name: " " })).toEqual({ name: "请填写姓名。" });
  });

  test.each([
    ["bank_card", "6222021234567890123", "6222 0212 3456 7890 123"],
    ["id_number", "11010519491231002x", "110105 19491231 002X"],
    ["id_number", "1101", "1101"],
    ["name", " 张三 ", "张三"],
  ] as const)("a %s is shown in groups and sent without", (kind, typed, shown) => {
    expect(grouped(kind, typed)).toBe(shown);
    expect(grouped(kind, shown)).toBe(shown);
    expect(ungrouped(kind, shown)).toBe(ungrouped(kind, typed));
    expect(ungrouped(kind, shown)).not.toContain(" ");
  });
});

describe("sessions", () => {
  const session = { token: "t", conversation_id: "c", expires_at: "2026-12-01T00:00:00Z" };
  const now = new Date("2026-11-22T00:00:00Z");

  test("a session is taken up again until it expires", () => {
    expect(parseSession(JSON.stringify(session), now)).toEqual({ ...session, seen: 0 });
    expect(parseSession(JSON.stringify(session), new Date("2026-12-02T00:00:00Z"))).toBeNull();
  });

  test.each([null, "", "{", "null", "[]", '{"token":"t"}'])("%j is no session", (text) => {
    expect(parseSession(text, now)).toBeNull();
  });

  test("the merchant of an identity token can be read, and a broken one speaks of nobody", () => {
    const token = `x.${btoa(JSON.stringify({ sub: "822100012340001" }))}.y`;
    expect(subjectOf(token)).toBe("822100012340001");
    for (const broken of [null, "", "abc", "a.b.c", "a.e30=.c"]) expect(subjectOf(broken)).toBeNull();
  });
});

test("a page's colour counts as readable by its contrast with white", () => {
  expect(contrastWithWhite("#000000")).toBeCloseTo(21);
  expect(contrastWithWhite("#ffffff")).toBeCloseTo(1);
  expect(contrastWithWhite("#0d6b63")).toBeGreaterThan(4.5);
});
