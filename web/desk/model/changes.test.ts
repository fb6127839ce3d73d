// What is told about an application that changed while it was looked at.
import { expect, test } from "vitest";
import type { CaseDetail, Opinion } from "../types";
import { changesBetween } from "./changes";

const entry = (title: string) => ({ at: "2026-11-27T01:00:00Z", title, detail: null, actor: "staff" });
const opinion = (id: string, answered_at: string | null) => ({ id, asked: "陈审核", answered_at }) as Opinion;

function detail(changed: Partial<CaseDetail> & { titles?: string[] }): CaseDetail {
  const { titles = [], ...rest } = changed;
  return {
    application: { timeline: titles.map(entry) },
    assignee: null,
    notes: [],
    opinions: [],
    ...rest,
  } as CaseDetail;
}

test("nothing new is nothing to tell", () => {
  const same = detail({ titles: ["申请已提交"], assignee: "林审核", opinions: [opinion("1", null)] });
  expect(changesBetween(same, same)).toEqual([]);
});

test("new entries of the history are told by their titles", () => {
  const changes = changesBetween(detail({ titles: ["一"] }), detail({ titles: ["一", "二", "三"] }));
  expect(changes.map((change) => change.kind === "event" && change.entry.title)).toEqual(["二", "三"]);
});

test("who took it, who wrote a note and who answered are told", () => {
  const before = detail({ opinions: [opinion("1", null)] });
  const now = detail({
    assignee: "陈审核",
    notes: [{ id: "n1", by: "何主管", at: "2026-11-27T01:00:00Z", text: "…" }],
    opinions: [opinion("1", "2026-11-27T01:00:00Z"), opinion("2", null)],
  });
  expect(changesBetween(before, now)).toEqual([
    { kind: "assignee", name: "陈审核" },
    { kind: "note", by: "何主管" },
    { kind: "opinion", by: "陈审核" },
  ]);
});
