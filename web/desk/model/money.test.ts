// Money is exact: no amount is changed on its way from the keyboard and back.
import { describe, expect, test } from "vitest";
import { checkAmount, expectedFen } from "./amount";
import { parseYuan, yuanText } from "./money";

/** A thousand amounts, the same in every run, from small ones to the largest. */
function* amounts(): Generator<number> {
  let seed = 20261122;
  for (let count = 0; count < 1000; count++) {
    seed = (seed * 48271) % 2147483647;
    yield seed % 10 ** (1 + (count % 9));
  }
  yield* [0, 1, 9, 10, 99, 100, 101, 99_999_999_999_999];
}

describe("parseYuan", () => {
  test("reads back every amount that yuanText writes", () => {
    for (const fen of amounts()) expect(parseYuan(yuanText(fen))).toEqual({ ok: true, fen });
  });

  test("reads every amount with thousands separators, signs and units", () => {
    for (const fen of amounts()) {
      const [whole = "", decimals = ""] = yuanText(fen).split(".");
      const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
      expect(parseYuan(` ￥${grouped}.${decimals} 元 `)).toEqual({ ok: true, fen });
    }
  });

  test.each([
    ["199", 19900],
    ["199.5", 19950],
    ["0.1", 10],
    ["0.29", 29],
    ["1.15", 115],
    ["１２８０．５０", 128050],
    ["1，280.50", 128050],
    ["007", 700],
  ])("reads %s as %i 分", (text, fen) => {
    expect(parseYuan(text)).toEqual({ ok: true, fen });
  });

  test.each([
    ["", "empty"],
    ["  ", "empty"],
    ["元", "empty"],
    ["-1", "format"],
    ["1e3", "format"],
    ["12,80", "format"],
    ["1.2.3", "format"],
    [".5", "format"],
    ["1.", "format"],
    ["两百", "format"],
    ["NaN", "format"],
    ["1.005", "precision"],
    ["199.000", "precision"],
    ["9999999999999", "too_large"],
  ])("refuses %j as %s", (text, problem) => {
    expect(parseYuan(text)).toEqual({ ok: false, problem });
  });
});

describe("checkAmount", () => {
  test("takes what can be refunded, and tells less from all of it", () => {
    expect(checkAmount("199.00", 19900, 19900)).toEqual({ ok: true, fen: 19900, less: false });
    expect(checkAmount("198.99", 19900, 19900)).toEqual({ ok: true, fen: 19899, less: true });
    expect(checkAmount("0", 0, 0)).toEqual({ ok: true, fen: 0, less: false });
  });

  test("what the merchant asked for is not less, though more could be refunded", () => {
    const expected = expectedFen(12800, 30000);
    expect(checkAmount("128", expected, 30000)).toMatchObject({ ok: true, less: false });
    expect(checkAmount("127.99", expected, 30000)).toMatchObject({ ok: true, less: true });
    expect(expectedFen(null, 30000)).toBe(30000);
    expect(expectedFen(30001, 30000)).toBe(30000);
  });

  test("never takes more", () => {
    for (const max of amounts()) expect(checkAmount(yuanText(max + 1), max, max)).toMatchObject({ ok: false });
  });
});
