// The applications that fit a query: as many pages as were asked for, fetched again every ten seconds.
import { useEffect, useRef, useState } from "preact/hooks";
import { review } from "../api";
import type { CaseLine, CaseQuery } from "../types";
import { usePolling } from "../ui/usePolling";

const POLL_MS = 10_000;

export interface Shown {
  query: CaseQuery;
  items: CaseLine[];
  counts: Record<string, number>;
  nextCursor: string | null;
  at: string;
}

export interface List {
  shown: Shown | null;
  /** The last attempt failed; what is shown is older. */
  stale: boolean;
  loadMore(): void;
  reload(): void;
}

async function fetchPages(query: CaseQuery, pages: number, signal: AbortSignal): Promise<Shown> {
  let page = await review.list(query, null, signal);
  const items = [...page.items];
  for (let count = 1; count < pages && page.next_cursor; count++) {
    page = await review.list(query, page.next_cursor, signal);
    items.push(...page.items);
  }
  return { query, items, counts: page.counts, nextCursor: page.next_cursor, at: new Date().toISOString() };
}

export function useList(query: CaseQuery): List {
  const [shown, setShown] = useState<Shown | null>(null);
  const [stale, setStale] = useState(false);
  const pages = useRef(1);
  const running = useRef<AbortController | null>(null);
  const { state, procedure, team, q } = query;

  async function load() {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    try {
      const fresh = await fetchPages({ state, procedure, team, q }, pages.current, mine.signal);
      setShown(fresh);
      setStale(false);
    } catch {
      if (!mine.signal.aborted) setStale(true);
    }
  }

  useEffect(() => {
    pages.current = 1;
    void load();
    return () => running.current?.abort();
  }, [state, procedure, team, q]);
  usePolling(load, POLL_MS);

  function loadMore() {
    pages.current += 1;
    void load();
  }
  return { shown, stale, loadMore, reload: load };
}
