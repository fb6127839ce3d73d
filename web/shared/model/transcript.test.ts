import { describe, expect, test } from "vitest";
import type { Block, Message, Sender } from "../types";
import { applicationsIn, chosenTitles, cursorOf, merge, newestCards, openChoicesSeq, unreadCount } from "./transcript";

function message(seq: number, sender: Sender, blocks: Block[], inReplyTo: number | null = null): Message {
  return { seq, sender, client_id: null, in_reply_to: inReplyTo, blocks, created_at: "2026-11-22T08:00:00Z" };
}

const said = (seq: number, sender: Sender = "bot") => message(seq, sender, [{ type: "text", text: `第${seq}条` }]);
const asked = (seq: number, ...titles: string[]) =>
  message(seq, "bot", [{ type: "choices", choices: titles.map((title, index) => ({ id: `c${index}`, title })) }]);
const answered = (seq: number, text: string, to: number) => message(seq, "merchant", [{ type: "text", text }], to);

describe("merging", () => {
  test("whatever pages and events come, in whatever order and how often, each message is there once and in order", () => {
    const all = Array.from({ length: 9 }, (_, index) => said(index + 1));
    const pages = [all.slice(4), all.slice(0, 5), all.slice(2, 8), all];
    for (const order of permutations(pages)) {
      const merged = order.reduce<readonly Message[]>(merge, []);
      expect(merged.map((item) => item.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(cursorOf(merged)).toBe(9);
    }
  });

  test("nothing new leaves the list as it is", () => {
    const known = [said(1)];
    expect(merge(known, [said(1)])).toBe(known);
  });

  test("an empty conversation starts at zero", () => expect(cursorOf([])).toBe(0));
});

describe("choices", () => {
  test("only the newest question can be answered", () => {
    expect(openChoicesSeq([asked(1, "甲"), said(2), asked(3, "乙"), said(4)])).toBe(3);
    expect(openChoicesSeq([said(1)])).toBeNull();
  });

  test("an answer marks the choice it replies to, and no other", () => {
    const messages = [asked(1, "甲", "乙"), asked(2, "甲"), answered(3, "甲", 1), answered(4, "不在其中", 2)];
    expect([...chosenTitles(messages)]).toEqual([[1, "甲"]]);
  });
});

test("only the newest card of each kind and application stays open", () => {
  const card = (seq: number, type: "checklist" | "progress", no: string) =>
    message(seq, "bot", [{ type, application_no: no }]);
  const newest = newestCards([
    card(1, "checklist", "A"),
    card(2, "checklist", "B"),
    card(3, "progress", "A"),
    card(4, "checklist", "A"),
  ]);
  expect(Object.fromEntries(newest)).toEqual({ "checklist A": 4, "checklist B": 2, "progress A": 3 });
  expect(applicationsIn([card(1, "checklist", "A"), card(2, "progress", "B")])).toEqual(["B", "A"]);
});

test("unread is what others said after the last look", () => {
  expect(unreadCount([said(1), said(2, "merchant"), said(3), said(4, "agent")], 1)).toBe(2);
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}
