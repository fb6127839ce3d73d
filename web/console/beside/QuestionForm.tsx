// The next question of an application with its inputs: choices as buttons, several boxes for a sealed answer, else one.
import { useId } from "preact/hooks";
import { t } from "../text";
import type { Question } from "../types";

interface Props {
  question: Question;
  busy: boolean;
  answer(value: unknown): void;
}

export function QuestionForm({ question, busy, answer }: Props) {
  const id = useId();

  function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault();
    if (busy) return;
    const typed = new FormData(event.currentTarget);
    const word = (name: string) => String(typed.get(name) ?? "").trim();
    const { inputs } = question;
    answer(inputs.length > 0 ? Object.fromEntries(inputs.map(({ name }) => [name, word(name)])) : word("answer"));
  }
  return (
    <form class="question" onSubmit={submit} aria-labelledby={`${id}-prompt`} noValidate>
      <p id={`${id}-prompt`} class="question-prompt">
        {question.prompt}
      </p>
      {question.note && <p class="soft small">{question.note}</p>}
      {question.choices.length > 0 ? (
        <div class="question-choices">
          {question.choices.map((choice) => (
            <button
              key={choice.value}
              type="button"
              class="button button-small"
              aria-disabled={busy}
              onClick={() => !busy && answer(choice.value)}
            >
              {choice.title}
            </button>
          ))}
        </div>
      ) : (
        <Boxes id={id} question={question} />
      )}
      <div class="small-form-do">
        {question.choices.length === 0 && (
          <button type="submit" class="button button-small button-primary" aria-disabled={busy}>
            {t("next")}
          </button>
        )}
        {question.optional && (
          <button type="button" class="quiet-button" aria-disabled={busy} onClick={() => !busy && answer(null)}>
            {t("skip")}
          </button>
        )}
      </div>
    </form>
  );
}

function Boxes({ id, question }: { id: string; question: Question }) {
  const boxes =
    question.inputs.length > 0
      ? question.inputs
      : [{ name: "answer", label: question.label, placeholder: question.example }];
  return (
    <>
      {boxes.map((box) => (
        <div key={box.name} class="field">
          <label for={`${id}-${box.name}`}>{box.label}</label>
          <input
            id={`${id}-${box.name}`}
            name={box.name}
            class="input"
            autocomplete="off"
            placeholder={box.placeholder ?? undefined}
          />
        </div>
      ))}
    </>
  );
}
