// What was just done, in one sentence, for eyes and for screen readers.
import { signal } from "@preact/signals";

const SHOWN_MS = 4000;

export const announcement = signal("");
let hiding: ReturnType<typeof setTimeout> | undefined;

export function announce(sentence: string): void {
  clearTimeout(hiding);
  announcement.value = sentence;
  hiding = setTimeout(() => {
    announcement.value = "";
  }, SHOWN_MS);
}
