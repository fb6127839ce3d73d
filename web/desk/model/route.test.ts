// Filters and places survive as addresses.
import { expect, test } from "vitest";
import { caseHash, initialQuery, listHash, parseRoute } from "./route";

test("an empty address leaves the in-tray to the role", () => {
  expect(parseRoute("")).toEqual({ page: "list", query: null });
  expect(parseRoute(listHash(null))).toEqual({ page: "list", query: null });
  expect(initialQuery("reviewer").state).toBe("in_review");
  expect(initialQuery("payer").state).toBe("paying");
});

test.each([
  { state: "", procedure: "", team: "", q: "" },
  { state: "paid", procedure: "deposit_refund", team: "complaints", q: "小满 & 100%" },
])("the list with %o is found again", (query) => {
  expect(parseRoute(listHash(query))).toEqual({ page: "list", query });
});

test("an application is found again, whatever its number", () => {
  for (const applicationNo of ["SQ2611227K3Q9D", "a/b?c", "100%"]) {
    expect(parseRoute(caseHash(applicationNo))).toEqual({ page: "case", applicationNo });
  }
});

test("a broken address does no harm", () => {
  expect(parseRoute("#/applications/%E0%A4%A")).toEqual({ page: "case", applicationNo: "%E0%A4%A" });
  expect(parseRoute("#/nowhere")).toMatchObject({ page: "list" });
});
