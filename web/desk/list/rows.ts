// Moving between the rows of the list by keyboard, and coming back to the row that was opened.
import { useEffect, useRef } from "preact/hooks";
import { neighbourOf } from "../model/refresh";
import { caseHash } from "../model/route";
import { lastCase } from "../state/route";
import type { CaseLine } from "../types";
import type { List } from "./useList";

function rowLinks(): HTMLAnchorElement[] {
  return Array.from(document.querySelectorAll<HTMLAnchorElement>("a.case-link"));
}

/** Goes to the next (1) or previous (-1) row; to the first when no row has the focus. */
export function focusRow(step: 1 | -1): void {
  const links = rowLinks();
  const here = links.indexOf(document.activeElement as HTMLAnchorElement);
  const there = here < 0 ? 0 : Math.min(links.length - 1, Math.max(0, here + step));
  links[there]?.focus();
}

/** Opens the row that has the focus, or else the first. */
export function openRow(): void {
  const links = rowLinks();
  (links.find((link) => link === document.activeElement) ?? links[0])?.click();
}

/** Whether the pointer or the focus is on the rows: then they must not move. */
export function rowsInUse(): boolean {
  return document.querySelector(".case-table:hover, a.case-link:focus") !== null;
}

/** Once the list is as it is now, the focus goes to the row that was opened last, or to its neighbour if it has gone. */
export function useReturnToRow({ shown, fresh }: List): void {
  const before = useRef<readonly CaseLine[]>(shown?.items ?? []);
  useEffect(() => {
    const opened = lastCase();
    if (!fresh || shown === null || opened === null) return;
    const there = neighbourOf(opened, before.current, shown.items);
    if (there === null) return;
    rowLinks()
      .find((link) => link.hash === caseHash(there))
      ?.focus();
  }, [fresh]);
}
