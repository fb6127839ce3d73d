// The box to find an application by words; what is typed becomes part of the address after a pause.
import type { Ref } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Key } from "../../shared/staff/ui/Key";
import { t } from "../text";

const TYPING_PAUSE_MS = 250;

interface Props {
  text: string;
  box: Ref<HTMLInputElement>;
  find(text: string): void;
  /** Enter and the arrow down lead from the box to what it found. */
  leave(): void;
}

export function SearchBox({ text, box, find, leave }: Props) {
  const [typed, setTyped] = useState(text);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef(text);
  // What this box asked for itself is older than what has been typed since; only a change from elsewhere is taken over.
  useEffect(() => {
    if (text !== sent.current) setTyped(text);
    sent.current = text;
  }, [text]);
  useEffect(() => () => clearTimeout(pause.current), []);

  function onInput(words: string) {
    setTyped(words);
    clearTimeout(pause.current);
    pause.current = setTimeout(() => {
      sent.current = words.trim();
      find(sent.current);
    }, TYPING_PAUSE_MS);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.isComposing || (event.key !== "Enter" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    leave();
  }

  return (
    <label class="filter filter-search">
      <span class="visually-hidden">{t("search")}</span>
      <input
        ref={box}
        type="search"
        class="input"
        placeholder={t("searchHint")}
        aria-keyshortcuts="/"
        value={typed}
        onInput={(event) => onInput(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <Key name="/" />
    </label>
  );
}
