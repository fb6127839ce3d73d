// A paper that an agent has gone through with the merchant is ticked by a note, so that colleagues see by whom; pure.
import type { Note } from "../types";

const MARK = "☑";

export function checkedNote(applicationNo: string, title: string): string {
  return `${MARK} ${applicationNo} ${title}`;
}

export function isChecked(notes: readonly Note[], applicationNo: string, title: string): boolean {
  return notes.some((note) => note.text === checkedNote(applicationNo, title));
}
