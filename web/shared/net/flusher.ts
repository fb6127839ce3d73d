// Works off what waits, one at a time and in its order; after each failure it pauses, longer each time.
import { backoffMs } from "./backoff";
import { waitOrWake } from "./wakeup";

export class Flusher<Item> {
  private flushing = false;
  private nudge = new AbortController();

  constructor(
    private readonly next: () => Item | undefined,
    /** True when the item needs no further try. */
    private readonly deliver: (item: Item) => Promise<boolean>,
  ) {}

  /** Works now what waits; a pause between two tries ends at once. */
  async flush(): Promise<void> {
    this.wake();
    this.nudge = new AbortController();
    if (this.flushing) return;
    this.flushing = true;
    try {
      let failures = 0;
      for (let item = this.next(); item !== undefined; item = this.next()) {
        if (await this.deliver(item)) failures = 0;
        else await waitOrWake(backoffMs(++failures), this.nudge.signal).catch(() => undefined);
      }
    } finally {
      this.flushing = false;
    }
  }

  /** Ends a pause. */
  wake(): void {
    this.nudge.abort();
  }
}
