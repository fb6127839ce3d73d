// What could be said next: at most three, above the editor. Nothing here is ever sent by itself.
import { useEffect, useRef } from "preact/hooks";
import { suggestions as records } from "../api";
import type { Draft } from "../state/draft";
import type { Talk } from "../state/talk";
import type { Suggestion } from "../types";
import { SuggestionList } from "./SuggestionList";

interface Props {
  talk: Talk;
  /** Null where nothing can be written: then they are only to be read. */
  draft: Draft | null;
}

export function SuggestionPanel({ talk, draft }: Props) {
  const made = talk.suggestions.value;
  const withdrawn = talk.withdrawn.value;

  function insert(suggestion: Suggestion) {
    if (withdrawn || draft === null) return;
    draft.insert(suggestion.text, suggestion);
    void records.tell(suggestion.id, "inserted").catch(() => undefined);
  }
  function dismiss(suggestion: Suggestion) {
    if (withdrawn) return;
    talk.dropSuggestion(suggestion.id);
    void records.tell(suggestion.id, "dismissed").catch(() => undefined);
  }
  useAltDigits((digit, shifted) => {
    const suggestion = talk.suggestions.value?.items.find((item) => item.rank === digit);
    if (suggestion) (shifted ? dismiss : insert)(suggestion);
  });

  if (made === null) return null;
  return (
    <SuggestionList made={made} withdrawn={withdrawn} insert={draft ? insert : null} dismiss={draft ? dismiss : null} />
  );
}

/** Alt and a digit work while somebody types; the key's place counts, since Alt changes its letter on some systems. */
function useAltDigits(pressed: (digit: number, shifted: boolean) => void): void {
  const latest = useRef(pressed);
  latest.current = pressed;
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const digit = /^(?:Digit|Numpad)([1-3])$/.exec(event.code)?.[1];
      if (!digit || !event.altKey || event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      latest.current(Number(digit), event.shiftKey);
    }
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
}
