// A difference is told field by field; what stayed the same is left out.
import { expect, test } from "vitest";
import { changesOf, plain, type Show } from "./diff";

const show: Show = (_, value) => plain(value);

test("what changed, came and went is told, what stayed is not", () => {
  expect(
    changesOf({ role: "reviewer", active: true, note: "a" }, { role: "lead", active: true, rooms: ["x", "y"] }, show),
  ).toEqual([
    { field: "role", before: "reviewer", after: "lead" },
    { field: "note", before: "a", after: null },
    { field: "rooms", before: null, after: "x, y" },
  ]);
});

test("nothing before means that all of it is new", () => {
  expect(changesOf(null, { count: 3, nested: { a: 1 } }, show)).toEqual([
    { field: "count", before: null, after: "3" },
    { field: "nested", before: null, after: '{"a":1}' },
  ]);
  expect(changesOf(null, null, show)).toEqual([]);
});
