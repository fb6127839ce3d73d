// All pictures of an application in reading order: document by document, file by file, page by page.
import type { ApplicationDocument } from "../../shared/types";

/** One picture in the viewer; `fileId` is null for a document that has no file. */
export interface Leaf {
  documentKey: string;
  fileId: string | null;
  page: number;
}

export function leavesOf(documents: readonly ApplicationDocument[]): Leaf[] {
  return documents.flatMap((document): Leaf[] => {
    if (document.files.length === 0) return [{ documentKey: document.key, fileId: null, page: 1 }];
    return document.files.flatMap((file) =>
      Array.from({ length: Math.max(1, file.pages) }, (_, index) => ({
        documentKey: document.key,
        fileId: file.id,
        page: index + 1,
      })),
    );
  });
}

/** Where this leaf is now: itself, or the first of its document after its file was replaced, or the first of all. */
export function indexOfLeaf(leaves: readonly Leaf[], wanted: Leaf | null): number {
  if (wanted === null) return 0;
  const same = leaves.findIndex((leaf) => leaf.fileId === wanted.fileId && leaf.page === wanted.page && belongs(leaf));
  return Math.max(0, same >= 0 ? same : leaves.findIndex(belongs));

  function belongs(leaf: Leaf): boolean {
    return leaf.documentKey === wanted?.documentKey;
  }
}

/** The document to look at after this one was decided: the next that waits for a decision, going round; null when none does. */
export function nextUndecided(documents: readonly ApplicationDocument[], decidedKey: string): string | null {
  const start = documents.findIndex((document) => document.key === decidedKey) + 1;
  const round = [...documents.slice(start), ...documents.slice(0, start)];
  return round.find((document) => document.state === "uploaded" && document.key !== decidedKey)?.key ?? null;
}
