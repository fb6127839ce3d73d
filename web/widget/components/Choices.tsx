// The buttons under a question. They work once; afterwards the chosen one stays marked and all can still be read.
import type { Choice } from "../../shared/types";
import { useServices } from "../services";
import { t } from "../text";
import "./choices.css";
import { Icon } from "./Icon";

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
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would announce a form
    <div class="choices" role="group" aria-label={t("choices.label")}>
      {choices.map((choice) => {
        const isChosen = choice.title === chosen || choice.id === pendingId;
        return (
          <button
            key={choice.id}
            type="button"
            class={`choice ${choice.style === "primary" ? "choice-primary" : ""} ${isChosen ? "choice-chosen" : ""}`}
            aria-disabled={!usable}
            onClick={() => usable && sender.send({ choice: { seq, choice_id: choice.id }, title: choice.title })}
          >
            {isChosen && <Icon name="check" />}
            {choice.title}
            {isChosen && <span class="visually-hidden">{t("choices.chosen")}</span>}
          </button>
        );
      })}
    </div>
  );
}
