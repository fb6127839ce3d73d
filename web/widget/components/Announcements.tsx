// The hidden live region: the transcript itself is not live, because it would be read again and again as it changes.
import { useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { cursorOf } from "../../shared/model/transcript";
import { useServices } from "../services";
import { t } from "../text";
import { spoken } from "../text/sentences";

export function Announcements() {
  const { conversation, announcer } = useServices();
  /** What was there when the history came is not news. */
  const told = useRef<number | null>(null);
  useSignalEffect(() => {
    const messages = conversation.messages.value;
    if (!conversation.loaded.value) {
      told.current = null;
      return;
    }
    for (const message of messages) {
      if (told.current === null || message.seq <= told.current || message.sender === "merchant") continue;
      announcer.say(`${t(`sender.${message.sender}`)}: ${message.blocks.map(spoken).join(" ")}`);
    }
    told.current = Math.max(told.current ?? 0, cursorOf(messages));
  });
  return (
    <div class="visually-hidden" aria-live="polite" aria-atomic="true" data-testid="live-region">
      {announcer.current.value}
    </div>
  );
}
