// Asks a colleague what they think; deciding stays possible meanwhile.
import { useId, useState } from "preact/hooks";
import { sessionState } from "../../shared/staff/session";
import { announce } from "../../shared/staff/ui/announce";
import { Sheet } from "../../shared/staff/ui/Sheet";
import { SheetForm } from "../../shared/staff/ui/SheetForm";
import { TextBox } from "../../shared/staff/ui/TextBox";
import { TEXT_LIMIT } from "../model/wording";
import { useColleagues } from "../state/colleagues";
import { named, t } from "../text";
import { mistakeInText } from "./mistakes";
import type { Case } from "./useCase";
import { useSheet } from "./useSheet";

const CAN_JUDGE = new Set(["reviewer", "lead", "payer"]);

export function AskOpinionSheet({ current, close }: { current: Case; close: () => void }) {
  const id = useId();
  const me = "session" in sessionState.value ? sessionState.value.session.name : "";
  const colleagues = useColleagues().filter(({ name, role }) => name !== me && CAN_JUDGE.has(role));
  const [whom, setWhom] = useState("");
  const [question, setQuestion] = useState("");
  const name = colleagues.find((colleague) => colleague.id === whom)?.name ?? "";
  const sheet = useSheet(current, "opinions", check, close, () => announce(t("didAsk", { whom: name })));

  function check() {
    const body = { colleague_id: whom, question: question.trim() };
    if (whom === "") return { problem: t("opinionWhomMissing"), body };
    return { problem: mistakeInText(question, "opinionQuestionMissing"), body };
  }

  return (
    <Sheet title={t("opinionAsk")} onClose={close}>
      <SheetForm {...sheet} confirm={t("confirmAsk")} tone="primary" close={close}>
        <p class="soft">{t("opinionNote")}</p>
        <div class="field">
          <label for={id}>{t("opinionWhom")}</label>
          <select id={id} class="input" autofocus value={whom} onChange={(event) => setWhom(event.currentTarget.value)}>
            <option value="">{t("opinionChoose")}</option>
            {colleagues.map((colleague) => (
              <option key={colleague.id} value={colleague.id}>
                {`${colleague.name}（${named("role", colleague.role)}）`}
              </option>
            ))}
          </select>
        </div>
        <TextBox label={t("opinionQuestion")} text={question} change={setQuestion} limit={TEXT_LIMIT} />
      </SheetForm>
    </Sheet>
  );
}
