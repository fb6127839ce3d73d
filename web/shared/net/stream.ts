// Keeps one event stream open: connects with the cursor, notices silence, reconnects with growing pauses.
import { NetworkError, Problem, problemFrom } from "../api";
import { backoffMs } from "./backoff";
import { type ServerEvent, SseParser } from "./sse";
import { waitOrWake } from "./wakeup";

/** The service sends at least a comment every 15 s: longer silence means that the line is dead. */
const SILENCE_MS = 40_000;

export interface StreamHandlers {
  url: () => string;
  headers: () => Record<string, string>;
  /** The stream is open; everything after the cursor is on its way. */
  opened: () => void;
  received: (event: ServerEvent) => void;
  /** The line is gone; the next try follows by itself. */
  lost: () => void;
  /** The service says that these credentials are no longer good. The stream stops. */
  refused: (problem: Problem) => void;
}

export class EventStream {
  private readonly stopper = new AbortController();

  constructor(private readonly handlers: StreamHandlers) {}

  async run(): Promise<void> {
    let failures = 0;
    while (!this.stopper.signal.aborted) {
      try {
        await this.connectOnce(() => {
          failures = 0;
        });
      } catch (error) {
        if (this.stopper.signal.aborted) return;
        if (error instanceof Problem && (error.status === 401 || error.status === 404)) {
          this.handlers.refused(error);
          return;
        }
      }
      if (this.stopper.signal.aborted) return;
      this.handlers.lost();
      failures += 1;
      await waitOrWake(backoffMs(failures), this.stopper.signal).catch(() => undefined);
    }
  }

  stop(): void {
    this.stopper.abort();
  }

  private async connectOnce(connected: () => void): Promise<void> {
    const attempt = new AbortController();
    const abort = () => attempt.abort();
    let watchdog = setTimeout(abort, SILENCE_MS);
    // A browser that goes offline may keep a dead stream open for minutes.
    window.addEventListener("offline", abort);
    this.stopper.signal.addEventListener("abort", abort);
    try {
      const response = await fetch(this.handlers.url(), {
        headers: { Accept: "text/event-stream", ...this.handlers.headers() },
        signal: attempt.signal,
        cache: "no-store",
      });
      if (!response.ok) throw problemFrom(response.status, await response.text());
      if (!response.body) throw new NetworkError();
      connected();
      this.handlers.opened();
      const parser = new SseParser();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        clearTimeout(watchdog);
        watchdog = setTimeout(abort, SILENCE_MS);
        for (const event of parser.push(value)) this.handlers.received(event);
      }
    } finally {
      clearTimeout(watchdog);
      window.removeEventListener("offline", abort);
      this.stopper.signal.removeEventListener("abort", abort);
      attempt.abort();
    }
  }
}
