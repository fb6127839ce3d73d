// Sentences for what is wrong with a reason or its text before it is sent.
import { TEXT_LIMIT, textProblem, type Wording, type WordingProblem, wordingProblem } from "../model/wording";
import { t } from "../text";

export function mistakeIn(wording: Wording): string | null {
  return say(wordingProblem(wording), wording.text);
}

export function mistakeInText(text: string): string | null {
  return say(textProblem(text), text);
}

function say(problem: WordingProblem | null, text: string): string | null {
  return problem && t(problem, { limit: TEXT_LIMIT, count: text.trim().length });
}
