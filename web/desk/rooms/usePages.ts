// A list that comes in pages: as many as were asked for, put together, and read again from the start on demand.
import { useRef } from "preact/hooks";
import { type Read, useRead } from "../../shared/staff/ui/useRead";

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

export interface Pages<P> extends Read<P> {
  more(): void;
}

type ReadPage<P> = (cursor: string | null, signal: AbortSignal) => Promise<P>;

/** The value is the newest page, with the items of all pages before it. */
export function usePages<T, P extends Page<T>>(key: string, readPage: ReadPage<P>): Pages<P> {
  const asked = useRef({ key, pages: 1 });
  if (asked.current.key !== key) asked.current = { key, pages: 1 };

  async function readAll(signal: AbortSignal): Promise<P> {
    let page = await readPage(null, signal);
    const items = [...page.items];
    for (let count = 1; count < asked.current.pages && page.next_cursor; count++) {
      page = await readPage(page.next_cursor, signal);
      items.push(...page.items);
    }
    return { ...page, items };
  }

  const read = useRead(key, readAll);
  return {
    ...read,
    more: () => {
      asked.current.pages += 1;
      read.reload();
    },
  };
}
