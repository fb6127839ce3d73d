// What was said, from the oldest that is loaded down to what is being sent; follows new messages while the end is in view.
import { useSignalEffect } from "@preact/signals";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { dayKey, formatDay, formatTime } from "../../shared/format";
import { plain } from "../../shared/model/rich-text";
import { useStickToEnd } from "../../shared/stick-to-end";
import type { Message } from "../../shared/types";
import type { Draft } from "../state/draft";
import type { Talk } from "../state/talk";
import { locale, named, t } from "../text";
import { MeaningSheet } from "./MeaningSheet";
import { MessageBlock } from "./MessageBlock";
import { OutgoingRow } from "./OutgoingRow";

export function Transcript({ talk, draft }: { talk: Talk; draft: Draft }) {
  const scroller = useRef<HTMLDivElement>(null);
  const { atEnd, toEnd, keepPlace } = useStickToEnd(scroller);
  const [meant, setMeant] = useState<Message | null>(null);
  const messages = talk.messages.value;
  const outgoing = talk.post.items.value;
  useLayoutEffect(() => {
    if (outgoing.length > 0) toEnd();
  }, [outgoing, toEnd]);

  return (
    <div class="transcript-frame">
      <div
        ref={scroller}
        class="transcript"
        role="log"
        aria-live="off"
        aria-label={t("transcript")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
        tabIndex={0}
      >
        <div class="transcript-column">
          {talk.hasEarlier.value && (
            <button
              type="button"
              class="quiet-button"
              onClick={() => void keepPlace(() => talk.loadEarlier().catch(() => undefined))}
            >
              {t("earlierMessages")}
            </button>
          )}
          {messages.map((message, index) => (
            <Said
              key={message.seq}
              message={message}
              newDay={dayKey(messages[index - 1]?.created_at ?? "1970-01-01") !== dayKey(message.created_at)}
              first={messages[index - 1]?.sender !== message.sender}
              ask={() => setMeant(message)}
            />
          ))}
          {outgoing.map((item) => (
            <OutgoingRow key={item.client_id} talk={talk} draft={draft} item={item} />
          ))}
        </div>
      </div>
      {!atEnd.value && (
        <button type="button" class="button button-small to-end" onClick={toEnd}>
          {t("toNewest")}
        </button>
      )}
      <Heard talk={talk} />
      {meant && <MeaningSheet talk={talk} message={meant} close={() => setMeant(null)} />}
    </div>
  );
}

interface SaidProps {
  message: Message;
  newDay: boolean;
  first: boolean;
  ask(): void;
}

function Said({ message, newDay, first, ask }: SaidProps) {
  return (
    <>
      {newDay && <p class="day">{formatDay(message.created_at, locale)}</p>}
      <article class={`said-by said-${message.sender}`} data-seq={message.seq}>
        {message.sender !== "system" && (
          <p class={first || newDay ? "said-who" : "visually-hidden"}>{named("sender", message.sender)}</p>
        )}
        {message.blocks.map((block, index) => (
          <MessageBlock key={index} block={block} />
        ))}
        <p class="said-when">
          <time dateTime={message.created_at}>{formatTime(message.created_at, locale)}</time>
          {message.sender === "merchant" && (
            <button type="button" class="meaning-button" onClick={ask}>
              {t("meaning")}
            </button>
          )}
        </p>
      </article>
    </>
  );
}

/** The newest words of the merchant for screen readers; never the whole transcript. */
function Heard({ talk }: { talk: Talk }) {
  const [words, setWords] = useState("");
  const heard = useRef<number | null>(null);
  useSignalEffect(() => {
    const newest = talk.messages.value.findLast((message) => message.sender === "merchant");
    if (!newest) return;
    if (heard.current !== null && newest.seq > heard.current) setWords(wordsOf(newest));
    heard.current = newest.seq;
  });
  return (
    <p class="visually-hidden" role="status">
      {words}
    </p>
  );
}

function wordsOf({ blocks }: Message): string {
  return blocks.flatMap((block) => (block.type === "text" ? [plain(block.text)] : [])).join(" ");
}
