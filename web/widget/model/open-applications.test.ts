import { expect, test } from "vitest";
import type { ApplicationLine } from "../../shared/types";
import { newestOf, OpenApplications } from "./open-applications";

const line = (application_no: string, updated_at: string): ApplicationLine => ({
  application_no,
  procedure: { code: "deposit_refund", title: "退押金" },
  label: "退押金",
  state: "draft",
  state_title: "填写中",
  amount_fen: null,
  updated_at,
  hint: null,
});

test("the three that changed last come first", () => {
  const lines = ["21", "25", "22", "24"].map((day) => line(day, `2026-11-${day}T08:00:00Z`));
  expect(newestOf(lines).map((each) => each.application_no)).toEqual(["25", "24", "22"]);
});

test("what was read for a merchant who has left is not shown", async () => {
  const answer = { items: [line("SQ1", "2026-11-22T08:00:00Z")] };
  const open = new OpenApplications({ get: async <T>() => answer as T });
  const reading = open.refresh();
  open.clear();
  await reading;
  expect(open.newest.value).toEqual([]);
  await open.refresh();
  expect(open.newest.value).toEqual(answer.items);
});

test("a list that cannot be read offers nothing", async () => {
  const open = new OpenApplications({ get: () => Promise.reject(new Error("away")) });
  await open.refresh();
  expect(open.newest.value).toEqual([]);
});
