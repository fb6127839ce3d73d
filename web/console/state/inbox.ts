// The inbox as it is now: read when it is looked into, and again whenever the service says that something moved.
import { signal } from "@preact/signals";
import type { ServerEvent } from "../../shared/net/sse";
import { EventStream } from "../../shared/net/stream";
import { sentenceFor } from "../../shared/staff/ui/sentence";
import { console_, EVENTS } from "../api";
import type { Box, Counts, Row } from "../types";

/** Many things move at once; they are read together. */
const TOGETHER_MS = 120;

export interface InboxState {
  box: Box;
  q: string;
  rows: readonly Row[] | null;
  nextCursor: string | null;
  problem: string | null;
}

export const inbox = signal<InboxState>({ box: "waiting", q: "", rows: null, nextCursor: null, problem: null });
export const counts = signal<Counts | null>(null);
/** The console hears of changes at the moment. */
export const live = signal(false);
/** What moved last; whoever shows one conversation looks whether it was that one. */
export const moved = signal<{ conversationId: string; revision: number } | null>(null);

let running: AbortController | null = null;
let pages = 1;
let soon: ReturnType<typeof setTimeout> | undefined;
let stream: EventStream | null = null;

export function lookInto(box: Box, q: string): void {
  const before = inbox.value;
  if (before.box === box && before.q === q && before.rows !== null) return;
  pages = 1;
  inbox.value = { ...before, box, q, rows: before.box === box ? before.rows : null, nextCursor: null };
  void readInbox();
}

export function readMore(): void {
  pages += 1;
  void readInbox();
}

export async function readInbox(): Promise<void> {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  const { box, q } = inbox.value;
  try {
    const rows: Row[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < pages; page++) {
      const read = await console_.inbox(box, q, cursor, mine.signal);
      if (mine.signal.aborted) return;
      rows.push(...read.items);
      counts.value = read.counts;
      cursor = read.next_cursor;
      if (cursor === null) break;
    }
    inbox.value = { box, q, rows, nextCursor: cursor, problem: null };
  } catch (why) {
    if (!mine.signal.aborted) inbox.value = { ...inbox.value, problem: sentenceFor(why) };
  }
}

/** Hears of changes until the page is left; an open stream is also what keeps the agent present. */
export function followInbox(): () => void {
  const mine = new EventStream({
    url: () => EVENTS,
    headers: () => ({}),
    opened: () => {
      live.value = true;
      void readInbox();
    },
    received,
    lost: () => {
      live.value = false;
    },
    refused: () => {
      live.value = false;
      // Without a session the next read asks to sign in; the page then follows again.
      void readInbox();
    },
  });
  stream = mine;
  void mine.run();
  return () => {
    mine.stop();
    if (stream === mine) stream = null;
    live.value = false;
  };
}

function received(event: ServerEvent): void {
  if (event.event !== "inbox") return;
  const { conversation_id, revision } = JSON.parse(event.data) as { conversation_id: string; revision: number };
  moved.value = { conversationId: conversation_id, revision };
  clearTimeout(soon);
  soon = setTimeout(() => void readInbox(), TOGETHER_MS);
}
