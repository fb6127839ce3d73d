// Where the agent writes. Enter sends, Shift+Enter breaks the line, an input method's Enter does neither; `/` in an empty
// box opens the canned replies.
import { useSignalEffect } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { sends } from "../../shared/model/keys";
import { announce } from "../../shared/staff/ui/announce";
import { useShortcuts } from "../../shared/staff/ui/shortcuts";
import { type Draft, mayConfirm } from "../state/draft";
import type { Talk } from "../state/talk";
import { t } from "../text";
import { DraftWarnings } from "./DraftWarnings";
import { MESSAGE_LIMIT } from "./limits";
import { ReplyPicker } from "./ReplyPicker";

const WARN_BELOW = 200;
/** A variable of a canned reply whose value is not known. */
const BLANK = /\{(?:商户名|坐席|申请单号)\}/;

export function Editor({ talk, draft }: { talk: Talk; draft: Draft }) {
  const box = useRef<HTMLTextAreaElement>(null);
  const insist = useRef<HTMLButtonElement>(null);
  const [picking, setPicking] = useState(false);
  const [asked, setAsked] = useState(false);
  const text = draft.text.value;
  const warnings = draft.warnings.value;

  useLayoutEffect(() => grow(box.current), [text]);
  useSignalEffect(() => {
    if (draft.inserted.value > 0) box.current?.focus();
  });
  useEffect(() => {
    if (asked) insist.current?.focus();
  }, [asked]);
  useShortcuts({ r: () => box.current?.focus() });

  function send(confirmed: readonly string[]) {
    talk.send(draft.text.value.trim(), draft.suggestionId.value, confirmed);
    draft.clear();
    setAsked(false);
    box.current?.focus();
  }
  function submit() {
    if (draft.text.value.trim() === "") return;
    if (BLANK.test(draft.text.value)) return announce(t("blankLeft"));
    const known = draft.known();
    if (known.length === 0) send([]);
    else if (mayConfirm(known)) setAsked(true);
  }
  function onKeyDown(event: KeyboardEvent) {
    if (sends(event)) {
      event.preventDefault();
      submit();
    } else if (event.key === "/" && draft.text.value === "" && !event.isComposing) {
      event.preventDefault();
      setPicking(true);
    } else if (event.key === "Escape") {
      if (picking) picked(null);
      else box.current?.blur();
    }
  }
  function picked(words: string | null) {
    setPicking(false);
    if (words !== null) draft.insert(words);
    else box.current?.focus();
  }
  const left = MESSAGE_LIMIT - text.length;
  return (
    <form
      class="editor"
      aria-label={t("editor")}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {picking && <ReplyPicker conversationId={talk.id} done={picked} />}
      <div class="editor-box">
        <textarea
          ref={box}
          class="input"
          rows={2}
          maxLength={MESSAGE_LIMIT}
          aria-label={t("editorLabel")}
          placeholder={t("editorHint")}
          value={text}
          onInput={(event) => {
            setAsked(false);
            draft.write(event.currentTarget.value);
          }}
          onKeyDown={onKeyDown}
        />
        <div class="editor-buttons">
          <button type="button" class="button button-small" aria-haspopup="dialog" onClick={() => setPicking(true)}>
            {t("cannedReplies")}
          </button>
          <button type="submit" class="button button-small button-primary" aria-disabled={text.trim() === ""}>
            {t("send")}
          </button>
        </div>
      </div>
      {left < WARN_BELOW && <p class="soft small">{t("lettersLeft", { count: left })}</p>}
      {warnings.length > 0 && (
        <DraftWarnings text={text} warnings={warnings} insist={insist} send={mayConfirm(warnings) ? send : null} />
      )}
    </form>
  );
}

/** As high as its text, up to the limit that the style sheet sets. */
function grow(box: HTMLTextAreaElement | null): void {
  if (!box) return;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}
