// What a screen reader is told: one sentence at a time, each long enough in the live region to be picked up.
import { signal } from "@preact/signals";

/** Shorter is missed by some readers; the region is empty in between, so that the same words count as new. */
const HELD_MS = 1_000;
const EMPTY_MS = 150;

export class Announcer {
  readonly current = signal("");
  private readonly queue: string[] = [];
  private running = false;

  say(sentence: string): void {
    if (!sentence) return;
    this.queue.push(sentence);
    if (!this.running) this.next();
  }

  private next(): void {
    const sentence = this.queue.shift();
    this.running = sentence !== undefined;
    if (sentence === undefined) return;
    this.current.value = sentence;
    setTimeout(() => {
      this.current.value = "";
      setTimeout(() => this.next(), EMPTY_MS);
    }, HELD_MS);
  }
}
