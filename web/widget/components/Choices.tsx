// The buttons under a question. They work once; afterwards the chosen one stays marked and the others can still be read,
// except for a long list, which then shrinks to what was chosen.
import type { Choice } from "../../shared/types";
import { useServices } from "../services";
import { t } from "../text";
import "./choices.css";
import { Icon } from "./Icon";

/** From here on they are a list to scroll through, such as the transactions of the last weeks. */
const MANY = 8;

interface Props {
  choices: readonly Choice[];
  seq: number;
  /** Title of the choice that was made. */
  chosen: string | null;
  /** Id of the choice that is on its way to the service. */
  pendingId: string | null;
  /** No newer buttons have taken the place of these. */
  open: boolean;
}

export function Choices({ choices, seq, chosen, pendingId, open }: Props) {
  const { sender } = useServices();
  const usable = open && chosen === null && pendingId === null;
  const many = choices.length >= MANY;
  const isChosen = (choice: Choice) => choice.title === chosen || choice.id === pendingId;
  const shown = many && choices.some(isChosen) ? choices.filter(isChosen) : choices;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would announce a form
    <div class={many ? "choices choices-many" : "choices"} role="group" aria-label={t("choices.label")}>
      {shown.map((choice) => (
        <button
          key={choice.id}
          type="button"
          class={`choice ${choice.style === "primary" ? "choice-primary" : ""} ${isChosen(choice) ? "choice-chosen" : ""}`}
          aria-disabled={!usable}
          onClick={() => usable && sender.send({ choice: { seq, choice_id: choice.id }, title: choice.title })}
        >
          {isChosen(choice) && <Icon name="check" />}
          {choice.title}
          {isChosen(choice) && <span class="visually-hidden">{t("choices.chosen")}</span>}
        </button>
      ))}
    </div>
  );
}
