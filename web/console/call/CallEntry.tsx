// Where the agent notes down what is said: Enter takes it, one key changes the speaker, several lines may be pasted.
import { useSignalEffect } from "@preact/signals";
import { useRef, useState } from "preact/hooks";
import { sends } from "../../shared/model/keys";
import { Key } from "../../shared/staff/ui/Key";
import { utterances as apart, type Speaker } from "../model/pasted";
import type { Draft } from "../state/draft";
import type { Talk } from "../state/talk";
import { named, t } from "../text";
import { UnsentUtterances } from "./UnsentUtterances";
import type { Utterances } from "./useCall";

const SPEAKERS: readonly Speaker[] = ["caller", "agent"];

interface Props {
  talk: Talk;
  /** A suggestion that was chosen: the agent says it, so it is the agent who speaks. */
  draft: Draft;
  utterances: Utterances;
}

export function CallEntry({ talk, draft, utterances }: Props) {
  const box = useRef<HTMLTextAreaElement>(null);
  const [speaker, setSpeaker] = useState<Speaker>("caller");
  const text = draft.text.value;
  useSignalEffect(() => {
    if (draft.inserted.value === 0) return;
    setSpeaker("agent");
    box.current?.focus();
  });

  function take() {
    const said = apart(draft.text.value, speaker);
    for (const one of said) utterances.send(one);
    draft.clear();
    // Who was told something answers next.
    setSpeaker(said.at(-1)?.role === "agent" ? "caller" : speaker);
    box.current?.focus();
  }
  function onKeyDown(event: KeyboardEvent) {
    if (sends(event)) {
      event.preventDefault();
      take();
    } else if (event.key === "F2") {
      event.preventDefault();
      setSpeaker(speaker === "caller" ? "agent" : "caller");
    }
  }
  return (
    <form
      class="editor"
      aria-label={t("callEntry")}
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
    >
      <UnsentUtterances talk={talk} utterances={utterances} />
      <fieldset class="speakers">
        <legend class="visually-hidden">{t("speaker")}</legend>
        {SPEAKERS.map((one) => (
          <label key={one} class="speaker">
            <input type="radio" name="speaker" checked={speaker === one} onChange={() => setSpeaker(one)} />
            {named("speaker", one)}
          </label>
        ))}
        <span class="soft small">
          <Key name="F2" /> {t("switchSpeaker")}
        </span>
      </fieldset>
      <div class="editor-box">
        <textarea
          ref={box}
          class="input"
          rows={2}
          aria-label={t("callEntryLabel")}
          placeholder={t("callEntryHint")}
          value={text}
          onInput={(event) => draft.write(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <div class="editor-buttons">
          <button type="submit" class="button button-small button-primary" aria-disabled={text.trim() === ""}>
            {t("takeDown")}
          </button>
        </div>
      </div>
      {draft.warnings.value.length > 0 && speaker === "agent" && (
        <ul class="draft-warnings" aria-label={t("warnings")}>
          {draft.warnings.value.map((warning) => (
            <li key={`${warning.code} ${warning.from}`}>{warning.text}</li>
          ))}
        </ul>
      )}
    </form>
  );
}
