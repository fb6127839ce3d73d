// Gives the filters that are set a name to find them by again.
import { useId, useRef, useState } from "preact/hooks";
import { Sheet } from "../../shared/staff/ui/Sheet";
import { SheetForm } from "../../shared/staff/ui/SheetForm";
import { sentenceFor } from "../../shared/staff/ui/sentence";
import { named, t } from "../text";
import type { CaseQuery } from "../types";

const LONGEST_NAME = 20;

interface Props {
  query: CaseQuery;
  save(name: string, query: CaseQuery): Promise<void>;
  close(): void;
}

export function SaveViewSheet({ query, save, close }: Props) {
  const id = useId();
  const [name, setName] = useState(suggestion(query));
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const sending = useRef(false);

  async function submit() {
    if (name.trim() === "") return setProblem(t("viewNameMissing"));
    if (sending.current) return;
    sending.current = true;
    setBusy(true);
    try {
      await save(name.trim(), query);
      close();
    } catch (why) {
      setProblem(sentenceFor(why));
    } finally {
      sending.current = false;
      setBusy(false);
    }
  }

  return (
    <Sheet title={t("viewSaveTitle")} kind="centred" onClose={close}>
      <SheetForm busy={busy} problem={problem} submit={submit} confirm={t("viewConfirm")} tone="primary" close={close}>
        <div class="field">
          <label for={id}>{t("viewName")}</label>
          <input
            id={id}
            class="input"
            autocomplete="off"
            autofocus
            maxLength={LONGEST_NAME}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </div>
      </SheetForm>
    </Sheet>
  );
}

/** What is asked for in words, as a first proposal. */
function suggestion({ state, team, assignee, due, q }: CaseQuery): string {
  const words = [
    q,
    assignee === "me" ? t("assigneeMe") : assignee === "nobody" ? t("assigneeNobody") : "",
    due && named("due", due),
    team && named("team", team),
    state && named("state", state),
  ];
  return words.filter(Boolean).join(" · ").slice(0, LONGEST_NAME);
}
