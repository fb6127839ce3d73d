// The conversation of this browser: its messages, its events, who takes part, and how far it was read.
import { batch, computed, signal } from "@preact/signals";
import type { ApiClient } from "../../shared/api";
import { cursorOf, merge, unreadCount } from "../../shared/model/transcript";
import { backoffMs } from "../../shared/net/backoff";
import type { ServerEvent } from "../../shared/net/sse";
import { EventStream } from "../../shared/net/stream";
import { waitOrWake } from "../../shared/net/wakeup";
import type { ConversationStatus, Identity, Message } from "../../shared/types";
import type { Host } from "../host/host";
import type { ConversationInfo, Credentials, Entered, Entrance } from "./entrance";
import type { Outgoing } from "./outgoing";
import type { Sender } from "./sender";
import { subjectOf } from "./session";

const PAGE = 50;
const TYPING_ENDS_MS = 30_000;

export type Connection = "connecting" | "live" | "offline";

interface MessagePage {
  messages: Message[];
}

export interface ConversationEvents {
  /** A conversation was started or resumed, at first and whenever another one takes its place. */
  entered(conversationId: string): void;
  /** The stream is open (again): what changed meanwhile has to be fetched. */
  connected(): void;
  applicationChanged(number: string, version: number): void;
}

export class Conversation {
  readonly messages = signal<readonly Message[]>([]);
  readonly status = signal<ConversationStatus>("bot");
  readonly typing = signal(false);
  readonly identity = signal<Identity | null>(null);
  readonly connection = signal<Connection>("connecting");
  /** The newest page of history is there. */
  readonly loaded = signal(false);
  readonly hasEarlier = computed(() => (this.messages.value[0]?.seq ?? 1) > 1);
  readonly unread = computed(() => unreadCount(this.messages.value, this.seen.value));

  private readonly seen = signal(0);
  private stream: EventStream | null = null;
  private typingTimer: ReturnType<typeof setTimeout> | undefined;
  private loadingEarlier = false;
  private life = new AbortController();

  constructor(
    private readonly api: ApiClient,
    private readonly host: Host,
    private readonly credentials: Credentials,
    private readonly entrance: Entrance,
    private readonly sender: Sender,
    private readonly events: ConversationEvents,
  ) {}

  /** Starts or resumes, trying until it works. */
  async start(identityToken: string | null, bringAlong: readonly Outgoing[] = []): Promise<void> {
    this.entrance.identityToken = identityToken;
    const { signal: alive } = this.life;
    for (let failures = 1; !alive.aborted; failures += 1) {
      try {
        const entered = await this.entrance.enter();
        if (!alive.aborted) this.adopt(entered, bringAlong);
        if (!alive.aborted) await this.loadNewest();
        if (!alive.aborted) this.follow();
        return;
      } catch {
        this.connection.value = "offline";
        await waitOrWake(backoffMs(failures), alive).catch(() => undefined);
      }
    }
  }

  /** Another merchant, or nobody: a new conversation, without anything of this one. */
  async restart(identityToken: string | null): Promise<void> {
    this.sender.leave();
    this.leave();
    this.host.saveSession(null);
    await this.start(identityToken);
  }

  /** The token has expired: goes on in a new conversation, or in the one that another tab has found. */
  async renew(): Promise<void> {
    const unsent = this.sender.leave();
    this.leave();
    await this.start(this.entrance.identityToken, unsent);
  }

  /** The host page says who its merchant is, or says it again with a fresh token. */
  async identify(token: string): Promise<void> {
    const subject = subjectOf(token);
    if (this.identity.value && subject && this.identity.value.merchant_no !== subject) {
      await this.restart(token);
      return;
    }
    this.entrance.identityToken = token;
    if (this.loaded.value && !this.identity.value) this.identity.value = await this.entrance.prove(token);
  }

  markSeen(): void {
    const cursor = cursorOf(this.messages.value);
    const { session } = this.credentials;
    if (!session || cursor <= this.seen.value) return;
    this.seen.value = cursor;
    this.credentials.session = { ...session, seen: cursor };
    this.host.saveSession(this.credentials.session);
  }

  async loadEarlier(): Promise<void> {
    const first = this.messages.value[0]?.seq;
    if (this.loadingEarlier || !this.hasEarlier.value || first === undefined) return;
    this.loadingEarlier = true;
    try {
      await this.loadBefore(first);
    } finally {
      this.loadingEarlier = false;
    }
  }

  /** Who takes part, asked anew. */
  async refresh(): Promise<void> {
    // When this fails, the stream breaks too, and its reconnect asks again.
    const info = await this.api.get<ConversationInfo>("/v1/conversation").catch(() => null);
    if (!info || info.conversation_id !== this.credentials.session?.conversation_id) return;
    batch(() => {
      this.status.value = info.status;
      this.identity.value = info.identity;
    });
  }

  private adopt({ session, identity, status }: Entered, bringAlong: readonly Outgoing[]): void {
    batch(() => {
      this.seen.value = session.seen;
      this.identity.value = identity;
      this.status.value = status;
      this.sender.use(session.conversation_id, bringAlong);
    });
    this.events.entered(session.conversation_id);
  }

  private async loadNewest(): Promise<void> {
    const info = await this.api.get<ConversationInfo>("/v1/conversation");
    if (info.last_seq > 0) await this.loadBefore(info.last_seq + 1);
    this.loaded.value = true;
  }

  private async loadBefore(seq: number): Promise<void> {
    const { messages } = await this.api.get<MessagePage>(`/v1/conversation/messages?before=${seq}&limit=${PAGE}`);
    this.take(messages);
  }

  private follow(): void {
    this.stream = new EventStream({
      url: () => `/v1/conversation/events?after=${cursorOf(this.messages.value)}`,
      headers: () => this.credentials.headers(),
      opened: () => this.onOpened(),
      received: (event) => this.onEvent(event),
      lost: () => this.onLost(),
      refused: () => void this.renew(),
    });
    void this.stream.run();
  }

  private onOpened(): void {
    this.connection.value = "live";
    this.events.connected();
    void this.refresh();
    void this.sender.flush();
  }

  private onLost(): void {
    this.connection.value = navigator.onLine ? "connecting" : "offline";
    this.showTyping(false);
  }

  private onEvent({ event, data }: ServerEvent): void {
    const body: unknown = JSON.parse(data);
    if (event === "message") {
      this.take([body as Message]);
    } else if (event === "status") {
      const { status, typing } = body as { status: ConversationStatus; typing: boolean };
      this.status.value = status;
      this.showTyping(typing);
    } else if (event === "application") {
      const { application_no, version } = body as { application_no: string; version: number };
      this.events.applicationChanged(application_no, version);
    }
  }

  private showTyping(typing: boolean): void {
    clearTimeout(this.typingTimer);
    this.typing.value = typing;
    if (typing) this.typingTimer = setTimeout(() => this.showTyping(false), TYPING_ENDS_MS);
  }

  private take(incoming: readonly Message[]): void {
    batch(() => {
      this.messages.value = merge(this.messages.value, incoming);
      this.sender.forget(incoming.flatMap((message) => message.client_id ?? []));
    });
  }

  private leave(): void {
    this.life.abort();
    this.life = new AbortController();
    this.stream?.stop();
    this.credentials.session = null;
    this.showTyping(false);
    batch(() => {
      this.messages.value = [];
      this.identity.value = null;
      this.loaded.value = false;
      this.seen.value = 0;
      this.connection.value = "connecting";
    });
  }
}
