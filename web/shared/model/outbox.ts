// Messages that the service has not acknowledged yet. Each lies in the storage under its own key, so that tabs do not
// overwrite each other; the client_id makes a message that two tabs send arrive once.
import { signal } from "@preact/signals";
import { KEPT_PREFIX } from "../embed";
import type { KeyValueStorage } from "./storage";

export type OutgoingState = "sending" | "waiting" | "refused" | "delivered";

interface Stored<Body> {
  client_id: string;
  body: Body;
  created_at: string;
}

export interface Outgoing<Body> extends Stored<Body> {
  state: OutgoingState;
  /** What the service said when it refused the message. */
  detail: string | null;
}

/** What nobody came back for within a day is not sent any more, nor kept. */
const KEPT_MS = 24 * 60 * 60 * 1000;

export class Outbox<Body> {
  readonly items = signal<readonly Outgoing<Body>[]>([]);

  constructor(
    private readonly storage: KeyValueStorage,
    private readonly conversationId: string,
    now: Date = new Date(),
  ) {
    this.dropOld(now);
    this.items.value = this.load();
  }

  add({ client_id, body, created_at }: Stored<Body>): void {
    this.storage.set(this.key(client_id), JSON.stringify({ client_id, body, created_at }));
    this.items.value = [...this.items.value, { client_id, body, created_at, state: "sending", detail: null }];
  }

  /** The oldest message that still has to go out. */
  next(): Outgoing<Body> | undefined {
    return this.items.value.find((item) => item.state === "sending" || item.state === "waiting");
  }

  mark(clientId: string, state: OutgoingState, detail: string | null = null): void {
    if (state === "delivered") this.storage.remove(this.key(clientId));
    this.items.value = this.items.value.map((item) =>
      item.client_id === clientId ? { ...item, state, detail } : item,
    );
  }

  /** Forgets messages that now stand in the transcript, and those that the merchant gave up. */
  forget(clientIds: ReadonlySet<string>): void {
    const gone = this.items.value.filter((item) => clientIds.has(item.client_id));
    if (gone.length === 0) return;
    for (const item of gone) this.storage.remove(this.key(item.client_id));
    this.items.value = this.items.value.filter((item) => !clientIds.has(item.client_id));
  }

  private load(): readonly Outgoing<Body>[] {
    return this.stored()
      .filter(([key]) => key.startsWith(this.key("")))
      .map(([, item]): Outgoing<Body> => ({ ...item, state: "sending", detail: null }))
      .sort((left, right) => left.created_at.localeCompare(right.created_at));
  }

  private dropOld(now: Date): void {
    for (const [key, item] of this.stored()) {
      if (now.getTime() - new Date(item.created_at).getTime() > KEPT_MS) this.storage.remove(key);
    }
  }

  private stored(): [string, Stored<Body>][] {
    const keys = this.storage.keys().filter((key) => key.startsWith(KEPT_PREFIX));
    return keys.flatMap((key): [string, Stored<Body>][] => {
      const item = parse<Body>(this.storage.get(key));
      return item ? [[key, item]] : [];
    });
  }

  private key(clientId: string): string {
    return `${KEPT_PREFIX}${this.conversationId}.${clientId}`;
  }
}

function parse<Body>(text: string | null): Stored<Body> | null {
  try {
    const item = JSON.parse(text ?? "") as Stored<Body>;
    return item.client_id && item.body && item.created_at ? item : null;
  } catch {
    return null;
  }
}
