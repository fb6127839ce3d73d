// Gives the conversation to a colleague, or back into the queue for whoever has the skill.
import { useEffect, useId, useState } from "preact/hooks";
import { colleagues } from "../../shared/staff/api";
import type { Colleague } from "../../shared/staff/types";
import { announce } from "../../shared/staff/ui/announce";
import { Sheet } from "../../shared/staff/ui/Sheet";
import { SheetForm } from "../../shared/staff/ui/SheetForm";
import { TextBox } from "../../shared/staff/ui/TextBox";
import { conversations } from "../api";
import { me } from "../state/me";
import type { Talk } from "../state/talk";
import { named, t } from "../text";
import { NOTE_LIMIT } from "./limits";
import { useChange } from "./useChange";

const SKILLS = ["general", "review", "sales", "complaints"] as const;
const SERVES: ReadonlySet<string> = new Set(["agent", "lead"]);

export function TransferSheet({ talk, close }: { talk: Talk; close: () => void }) {
  const id = useId();
  const [target, setTarget] = useState("");
  const [note, setNote] = useState("");
  const [others, setOthers] = useState<readonly Colleague[]>([]);
  const change = useChange();
  useEffect(() => {
    colleagues.all().then(
      (all) => setOthers(all.filter((one) => SERVES.has(one.role) && one.id !== me.value?.staff.id)),
      () => undefined,
    );
  }, []);

  function submit() {
    if (target === "") return change.complain(t("transferMissing"));
    const [kind, value = ""] = target.split(" ", 2);
    const to = kind === "agent" ? { agent_id: value, skill: null } : { agent_id: null, skill: value };
    void change.run(async () => {
      talk.adopt(await conversations.change(talk.id, "transfer", { ...to, note: note.trim() }));
      close();
      announce(t("transferred"));
    });
  }
  return (
    <Sheet title={t("transferTitle")} onClose={close}>
      <SheetForm
        problem={change.problem}
        busy={change.busy}
        confirm={t("transfer")}
        tone="primary"
        submit={submit}
        close={close}
      >
        <div class="field">
          <label for={id}>{t("transferTo")}</label>
          <select id={id} class="input" value={target} onChange={(event) => setTarget(event.currentTarget.value)}>
            <option value="">{t("choose")}</option>
            <optgroup label={t("transferColleague")}>
              {others.map((one) => (
                <option key={one.id} value={`agent ${one.id}`}>
                  {one.name}
                </option>
              ))}
            </optgroup>
            <optgroup label={t("transferQueue")}>
              {SKILLS.map((skill) => (
                <option key={skill} value={`skill ${skill}`}>
                  {named("skill", skill)}
                </option>
              ))}
            </optgroup>
          </select>
        </div>
        <TextBox label={t("noteForColleague")} text={note} limit={NOTE_LIMIT} change={setNote} />
      </SheetForm>
    </Sheet>
  );
}
