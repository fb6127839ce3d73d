// Sends what waits in the outbox, oldest first and one at a time, so that the order of writing is the order of arriving.
import { computed, signal } from "@preact/signals";
import { type ApiClient, Problem } from "../../shared/api";
import { newId } from "../../shared/ids";
import { Outbox } from "../../shared/model/outbox";
import type { KeyValueStorage } from "../../shared/model/storage";
import { Flusher } from "../../shared/net/flusher";
import { isPassing } from "../../shared/net/retry";
import type { Outgoing, OutgoingBody } from "./outgoing";

export class Sender {
  private readonly outbox = signal<Outbox<OutgoingBody> | null>(null);
  /** What was written before the conversation stood. */
  private readonly early = signal<readonly Outgoing[]>([]);
  readonly items = computed<readonly Outgoing[]>(() => this.outbox.value?.items.value ?? this.early.value);
  private readonly flusher = new Flusher<Outgoing>(
    () => this.outbox.value?.next(),
    (item) => this.deliver(item),
  );

  constructor(
    private readonly api: ApiClient,
    private readonly storage: KeyValueStorage,
    /** The conversation's token has expired: a new conversation takes the unsent texts along. */
    private readonly expired: () => void,
  ) {}

  /** Turns to another conversation; texts that the last one did not take may come along. */
  use(conversationId: string, bringAlong: readonly Outgoing[] = []): void {
    const outbox = new Outbox<OutgoingBody>(this.storage, conversationId);
    for (const item of [...bringAlong, ...this.early.value]) outbox.add(item);
    this.early.value = [];
    this.outbox.value = outbox;
    void this.flush();
  }

  /** Lets go of the conversation and gives the texts that were not sent. */
  leave(): readonly Outgoing[] {
    const unsent = this.items.value.filter((item) => item.state !== "delivered" && "text" in item.body);
    this.forget(this.items.value.map((item) => item.client_id));
    this.early.value = [];
    this.outbox.value = null;
    return unsent;
  }

  send(body: OutgoingBody): void {
    const written = { client_id: newId(), body, created_at: new Date().toISOString() };
    if (this.outbox.value) this.outbox.value.add(written);
    else this.early.value = [...this.early.value, { ...written, state: "sending", detail: null }];
    void this.flush();
  }

  retry(clientId: string): void {
    this.outbox.value?.mark(clientId, "sending");
    void this.flush();
  }

  forget(clientIds: readonly string[]): void {
    this.outbox.value?.forget(new Set(clientIds));
  }

  /** Sends now what waits; a pause between two tries ends at once. */
  flush(): Promise<void> {
    return this.flusher.flush();
  }

  /** True when the message needs no further try. */
  private async deliver({ client_id, body }: Outgoing): Promise<boolean> {
    const outbox = this.outbox.value;
    const sent = "text" in body ? { client_id, text: body.text } : { client_id, choice: body.choice };
    try {
      await this.api.post("/v1/conversation/messages", { body: sent });
      outbox?.mark(client_id, "delivered");
      return true;
    } catch (error) {
      const isExpired = error instanceof Problem && error.status === 401;
      const passing = isExpired || isPassing(error);
      outbox?.mark(client_id, passing ? "waiting" : "refused", error instanceof Problem ? error.detail : null);
      if (isExpired) this.expired();
      return !passing;
    }
  }
}
