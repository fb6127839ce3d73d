// Gives the conversation back to the assistant, which reads what the agent wrote here.
import { useState } from "preact/hooks";
import { announce } from "../../shared/staff/ui/announce";
import { Sheet } from "../../shared/staff/ui/Sheet";
import { SheetForm } from "../../shared/staff/ui/SheetForm";
import { TextBox } from "../../shared/staff/ui/TextBox";
import { conversations } from "../api";
import type { Talk } from "../state/talk";
import { t } from "../text";
import { NOTE_LIMIT } from "./limits";
import { useChange } from "./useChange";

export function HandBackSheet({ talk, close }: { talk: Talk; close: () => void }) {
  const [note, setNote] = useState("");
  const change = useChange();

  function submit() {
    void change.run(async () => {
      talk.adopt(await conversations.change(talk.id, "hand-back", { note: note.trim() }));
      close();
      announce(t("handedBack"));
    });
  }
  return (
    <Sheet title={t("handBackTitle")} onClose={close}>
      <SheetForm
        problem={change.problem}
        busy={change.busy}
        confirm={t("handBack")}
        tone="primary"
        submit={submit}
        close={close}
      >
        <p class="soft">{t("handBackNote")}</p>
        <TextBox label={t("noteForBot")} text={note} limit={NOTE_LIMIT} first change={setNote} />
      </SheetForm>
    </Sheet>
  );
}
