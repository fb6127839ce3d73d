// Sends what waits in an outbox, oldest first and one at a time: kept over a lost network, never sent twice, and what the
// service turns down stays visible with what it said.
import { computed, signal } from "@preact/signals";
import { Problem } from "../api";
import { newId } from "../ids";
import { Outbox, type Outgoing } from "../model/outbox";
import type { KeyValueStorage } from "../model/storage";
import { Flusher } from "./flusher";
import { isPassing } from "./retry";

/** Without a session, or with the form's token of an old one, the same message goes out again after signing in. */
const SIGNED_OUT = 401;

export class Postman<Body> {
  private readonly outbox: Outbox<Body>;
  private readonly said = signal<ReadonlyMap<string, Problem>>(new Map());
  readonly items = computed(() => this.outbox.items.value);
  /** What the service said, by the id of what it turned down. */
  readonly refusals = computed(() => this.said.value);
  private readonly life = new AbortController();
  private readonly flusher = new Flusher<Outgoing<Body>>(
    () => this.next(),
    (item) => this.deliver(item),
  );

  constructor(
    storage: KeyValueStorage,
    name: string,
    private readonly post: (clientId: string, body: Body) => Promise<unknown>,
  ) {
    this.outbox = new Outbox<Body>(storage, name);
    void this.flush();
  }

  send(body: Body): void {
    this.outbox.add({ client_id: newId(), body, created_at: new Date().toISOString() });
    void this.flush();
  }

  /** Sends once more what was turned down, changed in the meantime. */
  resend(item: Outgoing<Body>, body: Body): void {
    this.forget([item.client_id]);
    this.outbox.add({ client_id: item.client_id, body, created_at: item.created_at });
    void this.flush();
  }

  forget(clientIds: readonly string[]): void {
    this.outbox.forget(new Set(clientIds));
    if (!clientIds.some((id) => this.said.value.has(id))) return;
    this.said.value = new Map([...this.said.value].filter(([id]) => !clientIds.includes(id)));
  }

  /** What has not gone out stays in the storage for the next time. */
  stop(): void {
    this.life.abort();
    this.flusher.wake();
  }

  /** Sends now what waits; a pause between two tries ends at once. */
  flush(): Promise<void> {
    return this.flusher.flush();
  }

  private next(): Outgoing<Body> | undefined {
    return this.life.signal.aborted ? undefined : this.outbox.next();
  }

  /** True when it needs no further try. */
  private async deliver({ client_id, body }: Outgoing<Body>): Promise<boolean> {
    try {
      await this.post(client_id, body);
      this.outbox.mark(client_id, "delivered");
      return true;
    } catch (error) {
      const passing = isPassing(error) || (error instanceof Problem && error.status === SIGNED_OUT);
      const problem = error instanceof Problem ? error : null;
      if (problem && !passing) this.said.value = new Map([...this.said.value, [client_id, problem]]);
      this.outbox.mark(client_id, passing ? "waiting" : "refused", problem?.detail ?? null);
      return !passing;
    }
  }
}
