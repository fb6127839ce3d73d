// What the widget knows about a conversation's messages; pure. The cursor is the highest seq that was merged.
import type { Block, Message } from "../types";

const APPLICATION_CARDS: readonly string[] = ["checklist", "progress", "agreement"];

/** Adds messages by seq; what is already there stays as it is, so that nothing comes twice. */
export function merge(known: readonly Message[], incoming: readonly Message[]): readonly Message[] {
  const seqs = new Set(known.map((message) => message.seq));
  const added = incoming.filter((message) => !seqs.has(message.seq) && seqs.add(message.seq));
  if (added.length === 0) return known;
  return [...known, ...added].sort((left, right) => left.seq - right.seq);
}

export function cursorOf(messages: readonly Message[]): number {
  return messages.at(-1)?.seq ?? 0;
}

/** The newest message with choices: only its buttons can be used. */
export function openChoicesSeq(messages: readonly Message[]): number | null {
  return messages.findLast((message) => message.blocks.some((block) => block.type === "choices"))?.seq ?? null;
}

/** Which titles were chosen, by the seq of the message that offered them. */
export function chosenTitles(messages: readonly Message[]): ReadonlyMap<number, string> {
  const offered = new Map(messages.map((message) => [message.seq, titlesIn(message)]));
  const chosen = new Map<number, string>();
  for (const { sender, in_reply_to, blocks } of messages) {
    if (sender !== "merchant" || in_reply_to === null) continue;
    const said = blocks.find((block) => block.type === "text")?.text;
    if (said !== undefined && offered.get(in_reply_to)?.includes(said)) chosen.set(in_reply_to, said);
  }
  return chosen;
}

function titlesIn(message: Message): string[] {
  return message.blocks.flatMap((block) =>
    block.type === "choices" ? block.choices.map((choice) => choice.title) : [],
  );
}

/** The seq of the newest card of each kind and application: older copies of the same card are drawn as one line. */
export function newestCards(messages: readonly Message[]): ReadonlyMap<string, number> {
  const newest = new Map<string, number>();
  for (const message of messages) {
    for (const block of message.blocks) {
      const key = cardKey(block);
      if (key) newest.set(key, message.seq);
    }
  }
  return newest;
}

/** What makes two cards copies of each other; null for blocks that may stand there many times. */
export function cardKey(block: Block): string | null {
  if (block.type === "form") {
    return block.form === "identity" ? "identity" : `secure ${block.application_no} ${block.field}`;
  }
  return APPLICATION_CARDS.includes(block.type) && "application_no" in block
    ? `${block.type} ${block.application_no}`
    : null;
}

/** Messages of the other side that came after the merchant last looked. */
export function unreadCount(messages: readonly Message[], seen: number): number {
  return messages.filter((message) => message.sender !== "merchant" && message.seq > seen).length;
}

/** Applications that this conversation speaks about, the newest first. */
export function applicationsIn(messages: readonly Message[]): string[] {
  const numbers = messages.flatMap((message) =>
    message.blocks.flatMap((block) => ("application_no" in block ? [block.application_no] : [])),
  );
  return [...new Set(numbers.reverse())];
}
