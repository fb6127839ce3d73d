// Looks for a merchant or a conversation within the box; what was asked for stays in the address.
import { useEffect, useRef, useState } from "preact/hooks";
import { useShortcuts } from "../../shared/staff/ui/shortcuts";
import { inboxHash } from "../model/route";
import { goTo } from "../state/route";
import { t } from "../text";
import type { Box } from "../types";

const PAUSE_MS = 250;

export function InboxSearch({ box, q }: { box: Box; q: string }) {
  const field = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState(q);
  const pause = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    if (field.current !== document.activeElement) setWords(q);
  }, [q]);
  useShortcuts({ "/": () => field.current?.focus() });

  function change(typed: string) {
    setWords(typed);
    clearTimeout(pause.current);
    pause.current = setTimeout(() => goTo(inboxHash(box, typed.trim()), { replace: true }), PAUSE_MS);
  }
  return (
    <search class="inbox-search">
      <input
        ref={field}
        type="search"
        class="input"
        aria-label={t("search")}
        placeholder={t("searchHint")}
        value={words}
        onInput={(event) => change(event.currentTarget.value)}
      />
    </search>
  );
}
