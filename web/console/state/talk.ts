// One conversation as the agent has it open: its messages, its state, what is suggested, and what is being sent.
import { batch, computed, signal } from "@preact/signals";
import type { Outgoing as Kept } from "../../shared/model/outbox";
import { tabStorage } from "../../shared/model/session-storage";
import { cursorOf, merge } from "../../shared/model/transcript";
import { Postman } from "../../shared/net/postman";
import type { ServerEvent } from "../../shared/net/sse";
import { EventStream } from "../../shared/net/stream";
import { client, signedIn } from "../../shared/staff/client";
import { sentenceFor } from "../../shared/staff/ui/sentence";
import type { ConversationStatus, Message } from "../../shared/types";
import { conversationPath, conversations } from "../api";
import type { Detail, Suggestions } from "../types";

export interface Written {
  text: string;
  /** The last message that the agent had seen. */
  based_on: number;
  suggestion_id: string | null;
  /** Warnings that the agent answers for. */
  confirmed: readonly string[];
}

export type Outgoing = Kept<Written>;

/** A burst of messages asks for suggestions once. */
const SUGGEST_AFTER_MS = 30;

export class Talk {
  readonly detail = signal<Detail | null>(null);
  readonly messages = signal<readonly Message[]>([]);
  readonly status = signal<ConversationStatus | null>(null);
  readonly suggestions = signal<Suggestions | null>(null);
  readonly problem = signal<string | null>(null);
  readonly live = signal(false);
  /** Counts changes of the merchant's applications: whoever shows one reads it again. */
  readonly applicationsMoved = signal(0);
  readonly hasEarlier = computed(() => (this.messages.value[0]?.seq ?? 1) > 1);
  /** Somebody has spoken since these were made. */
  readonly withdrawn = computed(() => {
    const made = this.suggestions.value;
    if (!made) return false;
    return made.withdrawn || this.messages.value.some((message) => message.seq > made.based_on && speaks(message));
  });
  readonly post: Postman<Written>;
  private readonly stream: EventStream;
  private suggestSoon: ReturnType<typeof setTimeout> | undefined;
  private readonly dropped = new Set<string>();
  private left = false;

  constructor(readonly id: string) {
    this.post = new Postman<Written>(tabStorage(), id, (client_id, body) =>
      signedIn(client.post(`${conversationPath(id)}/messages`, { body: { client_id, ...body } })),
    );
    this.stream = new EventStream({
      url: () => `${conversationPath(id)}/events?after=${cursorOf(this.messages.value)}`,
      headers: () => ({}),
      opened: () => {
        this.live.value = true;
        void this.post.flush();
      },
      received: (event) => this.received(event),
      lost: () => {
        this.live.value = false;
      },
      refused: () => {
        this.live.value = false;
        void this.readDetail();
      },
    });
  }

  /** What was said is there when the page shows: an agent answers what they have seen. */
  async open(): Promise<void> {
    try {
      const detail = await conversations.detail(this.id);
      const { messages } = await conversations.messages(this.id, { before: detail.last_seq + 1 });
      if (this.left) return;
      batch(() => {
        this.take(messages);
        this.adopt(detail);
      });
    } catch (why) {
      this.problem.value = sentenceFor(why);
      return;
    }
    void this.stream.run();
    void this.suggest();
  }

  leave(): void {
    this.left = true;
    clearTimeout(this.suggestSoon);
    this.stream.stop();
    this.post.stop();
  }

  async readDetail(): Promise<void> {
    try {
      this.adopt(await conversations.detail(this.id));
    } catch (why) {
      this.problem.value = sentenceFor(why);
    }
  }

  adopt(detail: Detail): void {
    batch(() => {
      this.detail.value = detail;
      this.status.value = detail.row.status;
      this.problem.value = null;
    });
  }

  async loadEarlier(): Promise<void> {
    const first = this.messages.value[0]?.seq;
    if (first === undefined || !this.hasEarlier.value) return;
    const { messages } = await conversations.messages(this.id, { before: first });
    this.take(messages);
  }

  send(text: string, suggestionId: string | null, confirmed: readonly string[]): void {
    this.post.send({ text, based_on: cursorOf(this.messages.value), suggestion_id: suggestionId, confirmed });
  }

  /** Sends what was turned down all the same: on what stands there now, and answering for these warnings. */
  sendAnyway(item: Outgoing, confirmed: readonly string[]): void {
    this.post.resend(item, {
      ...item.body,
      based_on: cursorOf(this.messages.value),
      confirmed: [...new Set([...item.body.confirmed, ...confirmed])],
    });
  }

  async suggest(): Promise<void> {
    try {
      const made = await conversations.suggestions(this.id);
      if (this.left || made.based_on < (this.suggestions.value?.based_on ?? 0)) return;
      this.suggestions.value = { ...made, items: made.items.filter(({ id }) => !this.dropped.has(id)) };
    } catch {
      // An agent works without suggestions as well; the next message asks again.
    }
  }

  /** Takes one away that was not wanted. */
  dropSuggestion(id: string): void {
    this.dropped.add(id);
    const made = this.suggestions.value;
    if (made) this.suggestions.value = { ...made, items: made.items.filter((item) => item.id !== id) };
  }

  private received({ event, data }: ServerEvent): void {
    if (event === "message") this.hear(JSON.parse(data) as Message);
    else if (event === "status") this.heard(JSON.parse(data) as { status?: ConversationStatus });
    else if (event === "application") {
      this.applicationsMoved.value += 1;
      void this.readDetail();
    } else if (event === "suggestions") this.suggestShortly();
  }

  /** Who asks has suggestions made at once; the event tells of those that somebody else had made. */
  private hear(message: Message): void {
    this.take([message]);
    if (message.sender === "merchant") this.suggestShortly();
  }

  private heard({ status }: { status?: ConversationStatus }): void {
    if (!status || status === this.status.value) return;
    this.status.value = status;
    void this.readDetail();
  }

  private take(messages: readonly Message[]): void {
    this.messages.value = merge(this.messages.value, messages);
    const stored = new Set(messages.flatMap((message) => message.client_id ?? []));
    this.post.forget(this.post.items.value.flatMap(({ client_id }) => (stored.has(client_id) ? [client_id] : [])));
  }

  private suggestShortly(): void {
    clearTimeout(this.suggestSoon);
    this.suggestSoon = setTimeout(() => void this.suggest(), SUGGEST_AFTER_MS);
  }
}

function speaks({ sender }: Message): boolean {
  return sender === "merchant" || sender === "agent";
}
