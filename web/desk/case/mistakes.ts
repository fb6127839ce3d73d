// Sentences for what is wrong with a reason or its text before it is sent.
import { TEXT_LIMIT, textProblem, type Wording, type WordingProblem, wordingProblem } from "../model/wording";
import { t } from "../text";
import type { TextKey } from "../text/zh";

export function mistakeIn(wording: Wording): string | null {
  return say(wordingProblem(wording), wording.text);
}

/** `missing` is the sentence for an empty text, where it is not a reason. */
export function mistakeInText(text: string, missing: TextKey = "textMissing"): string | null {
  const problem = textProblem(text);
  return problem === "textMissing" ? t(missing) : say(problem, text);
}

function say(problem: WordingProblem | null, text: string): string | null {
  return problem && t(problem, { limit: TEXT_LIMIT, count: text.trim().length });
}
