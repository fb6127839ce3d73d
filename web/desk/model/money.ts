// Exact money: what a reviewer types in 元 becomes whole 分, without ever passing through a fraction.

export type Yuan = { ok: true; fen: number } | { ok: false; problem: "empty" | "format" | "precision" | "too_large" };

const MAX_WHOLE_DIGITS = 12;
const PLAIN = /^\d+$/;
const GROUPED = /^\d{1,3}(,\d{3})+$/;

/** Reads `199`, `￥1,280.50`, `１２８０．５元`; never rounds: a third decimal is a mistake that the reviewer must see. */
export function parseYuan(text: string): Yuan {
  const clean = text
    .normalize("NFKC")
    .replace(/\s/g, "")
    .replace(/^[¥￥]/, "")
    .replace(/元$/, "");
  if (clean === "") return { ok: false, problem: "empty" };
  const [whole = "", decimals, ...rest] = clean.split(".");
  if (rest.length > 0 || !(PLAIN.test(whole) || GROUPED.test(whole))) return { ok: false, problem: "format" };
  if (decimals !== undefined && !PLAIN.test(decimals)) return { ok: false, problem: "format" };
  if (decimals !== undefined && decimals.length > 2) return { ok: false, problem: "precision" };
  const digits = whole.replaceAll(",", "").replace(/^0+(?=\d)/, "");
  if (digits.length > MAX_WHOLE_DIGITS) return { ok: false, problem: "too_large" };
  return { ok: true, fen: Number(digits + (decimals ?? "").padEnd(2, "0")) };
}

/** `128050` → `1280.50`: what belongs into an input box. */
export function yuanText(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, "0");
  return `${fen < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
