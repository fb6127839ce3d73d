// The applications that fit a query: as many pages as were asked for, fetched again every ten seconds. While somebody has
// a hand on the rows nothing moves: what has changed waits until it is asked for.
import { useEffect, useRef, useState } from "preact/hooks";
import { usePolling } from "../../shared/staff/ui/usePolling";
import { review } from "../api";
import { refreshInPlace } from "../model/refresh";
import { listHash } from "../model/route";
import type { CaseQuery } from "../types";
import { keepList, keptList, type Shown } from "./kept";

const POLL_MS = 10_000;

export interface List {
  shown: Shown | null;
  /** True once the list has been read since the page was opened; before, it may be one that was kept. */
  fresh: boolean;
  /** The last attempt failed; what is shown is older. */
  stale: boolean;
  /** Rows that belong elsewhere by now but have not been taken away. */
  left: ReadonlySet<string>;
  arrived: number;
  loadMore(): void;
  reload(): void;
}

const NONE: ReadonlySet<string> = new Set();

async function fetchPages(query: CaseQuery, pages: number, signal: AbortSignal): Promise<Shown> {
  let page = await review.list(query, null, signal);
  const items = [...page.items];
  for (let count = 1; count < pages && page.next_cursor; count++) {
    page = await review.list(query, page.next_cursor, signal);
    items.push(...page.items);
  }
  return { query, items, counts: page.counts, nextCursor: page.next_cursor, pages, at: new Date().toISOString() };
}

/** `inUse` tells whether somebody has a hand on the rows just now. */
export function useList(query: CaseQuery, inUse: () => boolean): List {
  const address = listHash(query);
  const [shown, setShown] = useState<Shown | null>(() => keptList(address));
  const [fresh, setFresh] = useState(false);
  const [stale, setStale] = useState(false);
  const [waiting, setWaiting] = useState({ left: NONE, arrived: 0 });
  const pages = useRef(shown?.pages ?? 1);
  const latest = useRef(shown);
  const running = useRef<AbortController | null>(null);

  function show(list: Shown, changes = { left: NONE, arrived: 0 }) {
    latest.current = list;
    keepList(address, list);
    setShown(list);
    setWaiting(changes);
    setFresh(true);
    setStale(false);
  }

  async function load({ inPlace }: { inPlace: boolean }) {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    try {
      const list = await fetchPages(query, pages.current, mine.signal);
      const now = latest.current;
      if (!inPlace || now === null || listHash(now.query) !== address) return show(list);
      const { lines, ...changes } = refreshInPlace(now.items, list.items);
      show({ ...list, items: lines }, changes);
    } catch {
      if (!mine.signal.aborted) setStale(true);
    }
  }

  useEffect(() => {
    if (latest.current !== null && listHash(latest.current.query) !== address) pages.current = 1;
    void load({ inPlace: false });
    return () => running.current?.abort();
  }, [address]);
  usePolling(() => void load({ inPlace: inUse() }), POLL_MS);

  function loadMore() {
    pages.current += 1;
    void load({ inPlace: false });
  }
  return { shown, fresh, stale, ...waiting, loadMore, reload: () => void load({ inPlace: false }) };
}
