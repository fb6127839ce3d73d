// Says what a message really meant, for the list from which the assistant learns.
import { useEffect, useId, useState } from "preact/hooks";
import { announce } from "../../shared/staff/ui/announce";
import { Sheet } from "../../shared/staff/ui/Sheet";
import { SheetForm } from "../../shared/staff/ui/SheetForm";
import type { Message } from "../../shared/types";
import { conversations, procedures } from "../api";
import type { Talk } from "../state/talk";
import { t } from "../text";
import type { Meaning, ProcedureLine } from "../types";
import { RichText } from "../ui/RichText";
import { useChange } from "./useChange";

interface Props {
  talk: Talk;
  message: Message;
  close(): void;
}

export function MeaningSheet({ talk, message, close }: Props) {
  const id = useId();
  const [intent, setIntent] = useState("");
  const [known, setKnown] = useState<readonly ProcedureLine[]>([]);
  const change = useChange();
  const guessed = talk.suggestions.value?.based_on === message.seq ? talk.suggestions.value.meanings : [];
  useEffect(() => {
    procedures.all().then(setKnown, () => undefined);
  }, []);

  function submit() {
    if (intent.trim() === "") return change.complain(t("meaningMissing"));
    void change.run(async () => {
      await conversations.correct(talk.id, message.seq, intent.trim());
      close();
      announce(t("meaningKept"));
    });
  }
  return (
    <Sheet title={t("meaningTitle")} onClose={close}>
      <SheetForm
        problem={change.problem}
        busy={change.busy}
        confirm={t("save")}
        tone="primary"
        submit={submit}
        close={close}
      >
        <blockquote class="quoted">
          {message.blocks.map((block, index) => block.type === "text" && <RichText key={index} text={block.text} />)}
        </blockquote>
        <p class="soft">{t("meaningNote")}</p>
        <Guesses guessed={guessed} chosen={intent} choose={setIntent} />
        <div class="field">
          <label for={id}>{t("meaningName")}</label>
          <input
            id={id}
            class="input"
            list={`${id}-known`}
            value={intent}
            onInput={(event) => setIntent(event.currentTarget.value)}
          />
          <datalist id={`${id}-known`}>
            {known.map((one) => (
              <option key={one.code} value={one.intent}>
                {one.title}
              </option>
            ))}
          </datalist>
        </div>
      </SheetForm>
    </Sheet>
  );
}

interface GuessesProps {
  guessed: readonly Meaning[];
  chosen: string;
  choose(intent: string): void;
}

function Guesses({ guessed, chosen, choose }: GuessesProps) {
  const name = useId();
  if (guessed.length === 0) return null;
  return (
    <fieldset class="reasons">
      <legend>{t("perhaps")}</legend>
      {guessed.map((meaning) => (
        <label key={meaning.intent} class="reason">
          <input type="radio" name={name} checked={chosen === meaning.intent} onChange={() => choose(meaning.intent)} />
          {meaning.title}
        </label>
      ))}
    </fieldset>
  );
}
