// What the merchant and we said to each other; opened on purpose, because each look is noted down.
import { useId, useState } from "preact/hooks";
import { formatDayTime } from "../../shared/format";
import { Icon } from "../../shared/staff/ui/Icon";
import { Key } from "../../shared/staff/ui/Key";
import { Notice } from "../../shared/staff/ui/Notice";
import { useShortcuts } from "../../shared/staff/ui/shortcuts";
import { locale, named, t } from "../text";
import { useConversation } from "./useConversation";

export function ConversationPanel({ applicationNo }: { applicationNo: string }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const { lines, more, problem, load } = useConversation(applicationNo);

  function toggle() {
    setOpen(!open);
    if (!open && lines === null) void load();
  }
  useShortcuts({ h: toggle });

  return (
    <section class="about-section" aria-label={t("conversation")}>
      <button type="button" class="fold" aria-expanded={open} aria-controls={id} aria-keyshortcuts="h" onClick={toggle}>
        <Icon name="forward" />
        {t("conversation")}
        <span class="soft">{t("conversationNoted")}</span>
        <Key name="H" />
      </button>
      <div id={id} hidden={!open}>
        {problem && <Notice tone="danger" text={problem} />}
        {problem && (
          <button type="button" class="quiet-button" onClick={() => void load()}>
            {t("retry")}
          </button>
        )}
        {more && (
          <button type="button" class="quiet-button" onClick={() => void load()}>
            {t("conversationOlder")}
          </button>
        )}
        {lines === null && !problem && <p class="soft">{t("loading")}</p>}
        <ol class="talk">
          {lines?.map((line) => (
            <li key={line.seq} class={`talk-line talk-${line.sender}`}>
              <p class="timeline-when">
                {named("actor", line.sender)} · <time dateTime={line.at}>{formatDayTime(line.at, locale)}</time>
              </p>
              <p class="talk-text">{line.text}</p>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}
