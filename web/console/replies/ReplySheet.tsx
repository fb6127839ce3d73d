// One canned reply to write or to mend.
import { useId, useState } from "preact/hooks";
import { Sheet } from "../../shared/staff/ui/Sheet";
import { SheetForm } from "../../shared/staff/ui/SheetForm";
import { TextBox } from "../../shared/staff/ui/TextBox";
import { replies } from "../api";
import { NOTE_LIMIT } from "../conversation/limits";
import { useChange } from "../conversation/useChange";
import { t } from "../text";
import type { Reply, ReplyDraft } from "../types";

const EMPTY: ReplyDraft = { title: "", text: "", shortcut: "", group: "", own: true };

interface Props {
  reply: Reply | null;
  isLead: boolean;
  close(changed: boolean): void;
}

export function ReplySheet({ reply, isLead, close }: Props) {
  const [draft, setDraft] = useState<ReplyDraft>(reply ?? EMPTY);
  const change = useChange();
  const set = (part: Partial<ReplyDraft>) => setDraft({ ...draft, ...part });

  function submit() {
    if (draft.title.trim() === "" || draft.text.trim() === "") return change.complain(t("replyMissing"));
    void change.run(async () => {
      const { title, text, shortcut, group, own } = draft;
      await replies.save(reply?.id ?? null, { title: title.trim(), text: text.trim(), shortcut, group, own });
      close(true);
    });
  }
  function remove() {
    if (!reply) return;
    void change.run(async () => {
      await replies.remove(reply.id);
      close(true);
    });
  }
  return (
    <Sheet title={t(reply ? "replyEdit" : "replyNew")} onClose={() => close(false)}>
      <SheetForm
        problem={change.problem}
        busy={change.busy}
        confirm={t("save")}
        tone="primary"
        submit={submit}
        close={() => close(false)}
      >
        <Line label={t("replyTitle")} value={draft.title} change={(title) => set({ title })} />
        <TextBox label={t("replyText")} text={draft.text} limit={NOTE_LIMIT} change={(text) => set({ text })} />
        <p class="soft small">{t("replyVariables")}</p>
        <Line label={t("replyShortcut")} value={draft.shortcut} change={(shortcut) => set({ shortcut })} />
        <Line label={t("replyGroup")} value={draft.group} change={(group) => set({ group })} />
        {isLead && (
          <label class="check">
            <input
              type="checkbox"
              checked={!draft.own}
              onChange={(event) => set({ own: !event.currentTarget.checked })}
            />
            {t("replyCommon")}
          </label>
        )}
        {reply && (
          <button type="button" class="button button-small button-danger-plain" onClick={remove}>
            {t("remove")}
          </button>
        )}
      </SheetForm>
    </Sheet>
  );
}

function Line({ label, value, change }: { label: string; value: string; change: (value: string) => void }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} class="input" value={value} onInput={(event) => change(event.currentTarget.value)} />
    </div>
  );
}
