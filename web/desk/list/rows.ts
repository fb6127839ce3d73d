// Moving between the rows of the list by keyboard, and coming back to the row that was opened.
import { useEffect } from "preact/hooks";
import { caseHash } from "../model/route";
import { lastCase } from "../state/route";

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

export function useReturnToRow(ready: boolean): void {
  useEffect(() => {
    const applicationNo = lastCase();
    if (!ready || applicationNo === null) return;
    rowLinks()
      .find((link) => link.hash === caseHash(applicationNo))
      ?.focus();
  }, [ready]);
}
