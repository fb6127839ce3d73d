// What was just done, in one sentence, for eyes and for screen readers; with a button for what may be wanted next.
import { signal } from "@preact/signals";

export interface Announcement {
  sentence: string;
  action?: { title: string; key?: string; run: () => void };
}

const SHOWN_MS = 4000;
const SHOWN_WITH_ACTION_MS = 12_000;

export const announcement = signal<Announcement | null>(null);
let hiding: ReturnType<typeof setTimeout> | undefined;

export function announce(sentence: string, action?: Announcement["action"]): void {
  clearTimeout(hiding);
  announcement.value = { sentence, action };
  hiding = setTimeout(hush, action ? SHOWN_WITH_ACTION_MS : SHOWN_MS);
}

export function hush(): void {
  clearTimeout(hiding);
  announcement.value = null;
}
