// Leafing through an application shows every page once, and goes on where a decision is still waited for.
import { expect, test } from "vitest";
import type { ApplicationDocument, DocumentState } from "../../shared/types";
import { indexOfLeaf, leavesOf, nextUndecided } from "./leaves";

function document(key: string, state: DocumentState, ...pages: number[]): ApplicationDocument {
  const files = pages.map((count, index) => ({
    id: `${key}${index}`,
    name: `${key}.jpg`,
    content_type: "image/jpeg",
    size: 1,
    pages: count,
  }));
  return { key, title: key, why: "", how: "", required: true, state, reason: null, files };
}

test("every page of every file is one leaf, in reading order; a document without a file is one too", () => {
  const leaves = leavesOf([document("a", "uploaded", 1, 2), document("b", "missing"), document("c", "uploaded", 0)]);
  expect(leaves.map((leaf) => `${leaf.fileId}/${leaf.page}`)).toEqual(["a0/1", "a1/1", "a1/2", "null/1", "c0/1"]);
});

test("a leaf is found again, or the first of its document when its file was replaced", () => {
  const leaves = leavesOf([document("a", "uploaded", 1), document("b", "uploaded", 3)]);
  expect(indexOfLeaf(leaves, { documentKey: "b", fileId: "b0", page: 2 })).toBe(2);
  expect(indexOfLeaf(leaves, { documentKey: "b", fileId: "gone", page: 2 })).toBe(1);
  expect(indexOfLeaf(leaves, { documentKey: "gone", fileId: null, page: 1 })).toBe(0);
  expect(indexOfLeaf(leaves, null)).toBe(0);
});

test("after a decision comes the next document that waits for one, going round", () => {
  const documents = [document("a", "uploaded"), document("b", "uploaded"), document("c", "accepted")];
  expect(nextUndecided(documents, "a")).toBe("b");
  expect(nextUndecided(documents, "b")).toBe("a");
  expect(nextUndecided(documents, "c")).toBe("a");
  expect(nextUndecided([document("a", "uploaded"), document("b", "missing")], "a")).toBeNull();
});
