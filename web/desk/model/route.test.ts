// Filters and places survive as addresses.
import { expect, test } from "vitest";
import {
  caseHash,
  EVERYTHING,
  initialQuery,
  isNarrowed,
  listHash,
  parseRoute,
  roomHash,
  routeFor,
  wholeQuery,
  wordsOf,
} from "./route";

test("an empty address leaves the in-tray to the role", () => {
  expect(parseRoute("")).toEqual({ page: "list", query: null });
  expect(parseRoute(listHash(null))).toEqual({ page: "list", query: null });
  expect(initialQuery("reviewer").state).toBe("in_review");
  expect(initialQuery("payer").state).toBe("paying");
});

test.each([
  EVERYTHING,
  { ...EVERYTHING, state: "paid", procedure: "deposit_refund", team: "complaints", q: "小满 & 100%" },
  { ...EVERYTHING, assignee: "me", due: "overdue", sort: "submitted" as const },
])("the list with %o is found again", (query) => {
  expect(parseRoute(listHash(query))).toEqual({ page: "list", query });
});

test("a kept query says only what it asks for, and is whole again when it is opened", () => {
  const query = { ...EVERYTHING, state: "in_review", assignee: "nobody" };
  expect(wordsOf(query)).toEqual({ state: "in_review", assignee: "nobody" });
  expect(wholeQuery(wordsOf(query))).toEqual(query);
});

test("a state alone does not narrow its list", () => {
  expect(isNarrowed({ ...EVERYTHING, state: "paid", sort: "submitted" })).toBe(false);
  expect(isNarrowed({ ...EVERYTHING, due: "today" })).toBe(true);
});

test("an application is found again, whatever its number", () => {
  for (const applicationNo of ["SQ2611227K3Q9D", "a/b?c", "100%"]) {
    expect(parseRoute(caseHash(applicationNo))).toEqual({ page: "case", applicationNo });
  }
});

test("a room is found again with its filters, and without them", () => {
  const asked = { application_no: "SQ1", action: "登录 & 退出" };
  expect(parseRoute(roomHash("audit", asked))).toEqual({ page: "room", room: "audit", asked });
  expect(parseRoute(roomHash("payouts", { tab: "" }))).toEqual({ page: "room", room: "payouts", asked: {} });
});

test("who has no queue starts in the first room that is theirs", () => {
  const start = parseRoute("#/");
  expect(routeFor(["reports", "deliveries", "master_data"], start)).toMatchObject({ page: "room", room: "reports" });
  expect(routeFor(["queue", "payouts"], start)).toBe(start);
});

test("a broken address does no harm", () => {
  expect(parseRoute("#/applications/%E0%A4%A")).toEqual({ page: "case", applicationNo: "%E0%A4%A" });
  expect(parseRoute("#/nowhere")).toMatchObject({ page: "list" });
});
