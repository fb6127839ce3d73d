// Notes that only colleagues read: what was written, and a box for one more.
import { useState } from "preact/hooks";
import { formatDayTime } from "../../shared/format";
import { Key } from "../../shared/staff/ui/Key";
import { Notice } from "../../shared/staff/ui/Notice";
import { Section } from "../../shared/staff/ui/Section";
import { useShortcuts } from "../../shared/staff/ui/shortcuts";
import { TextBox } from "../../shared/staff/ui/TextBox";
import { TEXT_LIMIT } from "../model/wording";
import { locale, t } from "../text";
import type { CaseDetail } from "../types";
import { draftOf, keepDraft } from "./drafts";
import type { Case } from "./useCase";
import { useDecision } from "./useDecision";

export function Notes({ current, detail }: { current: Case; detail: CaseDetail }) {
  const { application_no: number } = detail.application;
  // A note that was begun earlier is shown, but does not take the focus from the keys.
  const [writing, setWriting] = useState<"begun" | "asked" | null>(draftOf(number) === "" ? null : "begun");
  const mayWrite = detail.allowed_actions.includes("note");
  useShortcuts({ t: () => mayWrite && setWriting("asked") });
  if (!mayWrite && detail.notes.length === 0) return null;
  return (
    <Section title={t("notes")}>
      <ul class="notes">
        {detail.notes.map((note) => (
          <li key={note.id} class="said">
            <p>{note.text}</p>
            <p class="timeline-when">
              {note.by} · <time dateTime={note.at}>{formatDayTime(note.at, locale)}</time>
            </p>
          </li>
        ))}
      </ul>
      {mayWrite && writing && (
        <NoteForm current={current} number={number} first={writing === "asked"} close={() => setWriting(null)} />
      )}
      {mayWrite && !writing && (
        <button type="button" class="quiet-button" aria-keyshortcuts="t" onClick={() => setWriting("asked")}>
          {t("noteWrite")}
          <Key name="T" />
        </button>
      )}
    </Section>
  );
}

interface FormProps {
  current: Case;
  number: string;
  first: boolean;
  close(): void;
}

function NoteForm({ current, number, first, close }: FormProps) {
  const [text, setText] = useState(draftOf(number));
  const { busy, problem, send } = useDecision(current);

  function write(words: string) {
    setText(words);
    keepDraft(number, words);
  }

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (text.trim() === "" || !(await send("notes", { text: text.trim() }))) return;
    write("");
    close();
  }

  function onKeyDown(event: KeyboardEvent & { currentTarget: HTMLFormElement }) {
    if (event.isComposing || event.repeat) return;
    if (event.key === "Escape") close();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
  }

  return (
    <form class="note-form" onSubmit={(event) => void submit(event)} onKeyDown={onKeyDown} noValidate>
      <TextBox label={t("noteText")} text={text} change={write} limit={TEXT_LIMIT} first={first} />
      {problem && <Notice tone="danger" text={problem} />}
      <div class="note-buttons">
        <button type="button" class="button button-small" onClick={close}>
          {t("cancel")}
        </button>
        <button type="submit" class="button button-small button-primary" aria-disabled={busy}>
          {busy ? t("working") : t("noteSave")}
        </button>
      </div>
    </form>
  );
}
