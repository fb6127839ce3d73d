// Notes that only colleagues read: what was written, and a box for one more.
import { useState } from "preact/hooks";
import { formatDayTime } from "../../shared/format";
import { Notice } from "../../shared/staff/ui/Notice";
import { Section } from "../../shared/staff/ui/Section";
import { TextBox } from "../../shared/staff/ui/TextBox";
import { conversations } from "../api";
import { NOTE_LIMIT } from "../conversation/limits";
import { useChange } from "../conversation/useChange";
import type { Talk } from "../state/talk";
import { locale, t } from "../text";
import type { Detail } from "../types";

export function Notes({ talk, detail }: { talk: Talk; detail: Detail }) {
  const [text, setText] = useState<string | null>(null);
  const change = useChange();
  const mayWrite = detail.allowed_actions.includes("note");
  if (!mayWrite && detail.notes.length === 0) return null;

  function submit(event: SubmitEvent) {
    event.preventDefault();
    const words = text?.trim() ?? "";
    if (words === "") return;
    void change.run(async () => {
      talk.adopt(await conversations.change(talk.id, "notes", { text: words }));
      setText(null);
    });
  }
  return (
    <Section title={t("notes")}>
      {detail.notes.length > 0 && (
        <ul class="lines">
          {detail.notes.map((note) => (
            <li key={note.id} class="note">
              <span class="note-text">{note.text}</span>
              <span class="soft">
                {note.by} · <time dateTime={note.at}>{formatDayTime(note.at, locale)}</time>
              </span>
            </li>
          ))}
        </ul>
      )}
      {mayWrite &&
        (text === null ? (
          <button type="button" class="quiet-button" onClick={() => setText("")}>
            {t("noteWrite")}
          </button>
        ) : (
          <form class="small-form" onSubmit={submit} noValidate>
            <TextBox label={t("noteText")} text={text} limit={NOTE_LIMIT} first change={setText} />
            {change.problem && <Notice tone="danger" text={change.problem} />}
            <div class="small-form-do">
              <button type="submit" class="button button-small" aria-disabled={change.busy}>
                {t("noteSave")}
              </button>
              <button type="button" class="quiet-button" onClick={() => setText(null)}>
                {t("cancel")}
              </button>
            </div>
          </form>
        ))}
    </Section>
  );
}
