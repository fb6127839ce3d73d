// Canned replies to choose from: found by their words, by pinyin or its first letters, chosen by keyboard.
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { replies } from "../api";
import { t } from "../text";
import type { Reply } from "../types";

const PAUSE_MS = 120;

interface Props {
  conversationId: string;
  done(words: string | null): void;
}

export function ReplyPicker({ conversationId, done }: Props) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState("");
  const [found, setFound] = useState<readonly Reply[] | null>(null);
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);

  // At once: what is typed next is meant for it.
  useLayoutEffect(() => field.current?.focus(), []);
  useEffect(() => {
    const running = new AbortController();
    const pause = setTimeout(
      () => {
        replies.find(words.trim(), conversationId, running.signal).then(
          (items) => {
            setFound(items);
            setAt(0);
          },
          () => undefined,
        );
      },
      found === null ? 0 : PAUSE_MS,
    );
    return () => {
      clearTimeout(pause);
      running.abort();
    };
  }, [words]);
  useEffect(() => list.current?.children[at]?.scrollIntoView({ block: "nearest" }), [at]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.isComposing) return;
    const count = found?.length ?? 0;
    if (event.key === "ArrowDown") setAt(Math.min(count - 1, at + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, at - 1));
    else if (event.key === "Enter") done(found?.[at]?.text ?? null);
    else if (event.key === "Escape" || (event.key === "Backspace" && words === "")) done(null);
    else return;
    event.preventDefault();
  }
  return (
    <div class="reply-picker">
      <input
        ref={field}
        class="input"
        role="combobox"
        aria-label={t("findReply")}
        aria-expanded={true}
        aria-controls={`${id}-list`}
        aria-activedescendant={found && found.length > 0 ? `${id}-${at}` : undefined}
        aria-autocomplete="list"
        placeholder={t("findReplyHint")}
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id={`${id}-list`} class="reply-options" role="listbox" aria-label={t("cannedReplies")}>
        {found?.map((reply, index) => (
          <div
            key={reply.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => done(reply.text)}
            onKeyDown={onKeyDown}
          >
            <strong>{reply.title}</strong>
            {reply.shortcut && <kbd>{reply.shortcut}</kbd>}
            <span class="soft">{reply.group}</span>
            <span class="reply-text">{reply.text}</span>
          </div>
        ))}
      </div>
      {found?.length === 0 && <p class="soft small reply-none">{t("noReply")}</p>}
      <button type="button" class="quiet-button" onClick={() => done(null)}>
        {t("close")}
      </button>
    </div>
  );
}
