// One message: its sender, its blocks one below the other, and when it came.
import { formatTime } from "../../shared/format";
import { cardKey } from "../../shared/model/transcript";
import type { Message } from "../../shared/types";
import { locale, t } from "../text";
import { BlockView } from "./BlockView";
import "./message-row.css";

interface Props {
  message: Message;
  /** The sender changes here. */
  first: boolean;
  chosen: string | null;
  /** Id of the choice among these that is on its way to the service. */
  pendingId: string | null;
  choicesOpen: boolean;
  newest: ReadonlyMap<string, number>;
}

export function MessageRow({ message, first, chosen, pendingId, choicesOpen, newest }: Props) {
  return (
    <article class={`message from-${message.sender}`} data-seq={message.seq}>
      {first && message.sender === "agent" ? (
        <p class="message-sender">{t("sender.agent")}</p>
      ) : (
        <p class="visually-hidden">{t(`sender.${message.sender}`)}</p>
      )}
      {message.blocks.map((block, index) => {
        const key = cardKey(block);
        return (
          <BlockView
            key={index}
            block={block}
            seq={message.seq}
            chosen={chosen}
            pendingId={pendingId}
            choicesOpen={choicesOpen}
            outdated={key !== null && newest.get(key) !== message.seq}
          />
        );
      })}
      <time class="message-time" dateTime={message.created_at}>
        {formatTime(message.created_at, locale.value)}
      </time>
    </article>
  );
}
