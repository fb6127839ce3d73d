// The messages in order, with a line where a new day begins.
import { useComputed } from "@preact/signals";
import { Fragment } from "preact";
import { dayKey } from "../../shared/format";
import { chosenTitles, newestCards, openChoicesSeq } from "../../shared/model/transcript";
import { useServices } from "../services";
import { DayDivider } from "./DayDivider";
import { MessageRow } from "./MessageRow";

export function MessageList() {
  const { conversation, sender } = useServices();
  const messages = conversation.messages.value;
  const view = useComputed(() => ({
    chosen: chosenTitles(conversation.messages.value),
    open: openChoicesSeq(conversation.messages.value),
    newest: newestCards(conversation.messages.value),
  })).value;
  const pending = useComputed(() =>
    sender.items.value.flatMap(({ body }) => ("choice" in body ? [body.choice] : [])),
  ).value;
  return messages.map((message, index) => {
    const before = messages[index - 1];
    const newDay = !before || dayKey(before.created_at) !== dayKey(message.created_at);
    return (
      <Fragment key={message.client_id ?? message.seq}>
        {newDay && <DayDivider at={message.created_at} />}
        <MessageRow
          message={message}
          first={newDay || before?.sender !== message.sender}
          chosen={view.chosen.get(message.seq) ?? null}
          pendingId={pending.find((choice) => choice.seq === message.seq)?.choice_id ?? null}
          choicesOpen={view.open === message.seq}
          newest={view.newest}
        />
      </Fragment>
    );
  });
}
