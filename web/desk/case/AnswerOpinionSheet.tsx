// Answers a colleague's question: a leaning, and why. The decision stays with who has the application.
import { useId, useState } from "preact/hooks";
import { announce } from "../../shared/staff/ui/announce";
import { Sheet } from "../../shared/staff/ui/Sheet";
import { SheetForm } from "../../shared/staff/ui/SheetForm";
import { TextBox } from "../../shared/staff/ui/TextBox";
import { TEXT_LIMIT } from "../model/wording";
import { named, t } from "../text";
import type { Advice, Opinion } from "../types";
import { Choice } from "../ui/Choice";
import { Choices } from "../ui/Choices";
import { mistakeInText } from "./mistakes";
import type { Case } from "./useCase";
import { useSheet } from "./useSheet";

const ADVICE: readonly Advice[] = ["approve", "reject", "unsure"];

interface Props {
  current: Case;
  opinion: Opinion;
  close(): void;
}

export function AnswerOpinionSheet({ current, opinion, close }: Props) {
  const group = useId();
  const [advice, setAdvice] = useState<Advice | null>(null);
  const [text, setText] = useState("");
  const sheet = useSheet(current, `opinions/${opinion.id}/answer`, check, close, () =>
    announce(t("didAnswer", { whom: opinion.asked_by })),
  );

  function check() {
    const body = { advice, text: text.trim() };
    if (advice === null) return { problem: t("adviceMissing"), body };
    return { problem: mistakeInText(text, "opinionTextMissing"), body };
  }

  return (
    <Sheet title={t("opinionAnswer")} onClose={close}>
      <SheetForm {...sheet} confirm={t("confirmAnswer")} tone="primary" close={close}>
        <p class="said">{opinion.question}</p>
        <Choices legend={t("advice")}>
          {ADVICE.map((each, index) => (
            <Choice
              key={each}
              group={group}
              checked={advice === each}
              first={index === 0}
              choose={() => setAdvice(each)}
            >
              {named("advice", each)}
            </Choice>
          ))}
        </Choices>
        <TextBox label={t("opinionText")} text={text} change={setText} limit={TEXT_LIMIT} />
      </SheetForm>
    </Sheet>
  );
}
