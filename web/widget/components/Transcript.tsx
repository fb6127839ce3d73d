// The messages, from the oldest that is loaded down to what is being sent. Follows new ones while the end is in view.
import { type Signal, useSignal, useSignalEffect } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { cursorOf } from "../../shared/model/transcript";
import { useStickToEnd } from "../../shared/stick-to-end";
import { useServices } from "../services";
import { t } from "../text";
import { Icon } from "./Icon";
import { MessageList } from "./MessageList";
import { OutgoingRow } from "./OutgoingRow";
import "./transcript.css";
import { TypingDots } from "./TypingDots";
import { Welcome } from "./Welcome";

export function Transcript({ visible }: { visible: Signal<boolean> }) {
  const { conversation, sender } = useServices();
  const scroller = useRef<HTMLDivElement>(null);
  const { atEnd, toEnd, keepPlace } = useStickToEnd(scroller);
  const leftAt = useSignal(0);
  const messages = conversation.messages.value;
  const outgoing = sender.items.value;
  useLayoutEffect(() => {
    if (outgoing.at(-1)?.state === "sending") toEnd();
  }, [outgoing, toEnd]);
  useSignalEffect(() => {
    if (atEnd.value) leftAt.value = cursorOf(conversation.messages.value);
    if (atEnd.value && visible.value) conversation.markSeen();
  });
  const loadEarlier = () => void keepPlace(() => conversation.loadEarlier());
  const missed = messages.filter((message) => message.seq > leftAt.value && message.sender !== "merchant").length;

  return (
    <main class="transcript-frame">
      <div
        ref={scroller}
        id="transcript"
        class="transcript"
        role="log"
        aria-live="off"
        aria-label={t("transcript.label")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
        tabIndex={0}
        onScroll={(event) => event.currentTarget.scrollTop < 80 && conversation.hasEarlier.value && loadEarlier()}
      >
        <div class="transcript-column">
          {conversation.hasEarlier.value ? (
            <button type="button" class="text-button transcript-earlier" onClick={loadEarlier}>
              {t("transcript.earlier")}
            </button>
          ) : (
            conversation.loaded.value && <Welcome untouched={messages.length === 0 && outgoing.length === 0} />
          )}
          <MessageList />
          {outgoing.map((item) => (
            <OutgoingRow key={item.client_id} item={item} />
          ))}
          {conversation.typing.value && <TypingDots />}
        </div>
      </div>
      {!atEnd.value && missed > 0 && (
        <button type="button" class="transcript-new" onClick={toEnd}>
          <Icon name="arrowDown" />
          {t("transcript.newCount", { n: missed })}
        </button>
      )}
    </main>
  );
}
