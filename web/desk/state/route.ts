// The route of this tab as a signal, and the list it came from, so that "back" keeps the filters.
import { computed, signal } from "@preact/signals";
import { listHash, parseRoute } from "../model/route";
import type { CaseQuery } from "../types";

const hash = signal(location.hash);
addEventListener("hashchange", () => {
  hash.value = location.hash;
});

export const route = computed(() => parseRoute(hash.value));

let lastQuery: CaseQuery | null = null;
let lastApplicationNo: string | null = null;
route.subscribe((current) => {
  if (current.page === "list") lastQuery = current.query;
  if (current.page === "case") lastApplicationNo = current.applicationNo;
});

export function hashOfLastList(): string {
  return listHash(lastQuery);
}

/** What the list asked for that this tab showed last; null for the one that the role starts with. */
export function lastListQuery(): CaseQuery | null {
  return lastQuery;
}

/** The application that was open last in this tab. */
export function lastCase(): string | null {
  return lastApplicationNo;
}

/** Goes there; `replace` leaves no step in the history, as for every letter of a search. */
export function goTo(target: string, { replace = false } = {}): void {
  if (!replace) {
    location.hash = target;
    return;
  }
  history.replaceState(null, "", target);
  hash.value = location.hash;
}
