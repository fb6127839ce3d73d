// The route of this tab as a signal, and the box that was looked into last, so that "back" leads there.
import { computed, signal } from "@preact/signals";
import { inboxHash, parseRoute } from "../model/route";
import type { Box } from "../types";

const hash = signal(location.hash);
addEventListener("hashchange", () => {
  hash.value = location.hash;
});

export const route = computed(() => parseRoute(hash.value));

let last: { box: Box; q: string } = { box: "waiting", q: "" };
route.subscribe((current) => {
  if (current.page === "inbox" || current.page === "conversation") last = { box: current.box, q: current.q };
});

export function lastInbox(): { box: Box; q: string } {
  return last;
}

export function hashOfLastInbox(): string {
  return inboxHash(last.box, last.q);
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
