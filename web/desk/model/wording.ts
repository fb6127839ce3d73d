// A reason in the making: a code for the statistics and a text for the merchant that the reviewer may rewrite.
import type { Reason } from "../types";

export const TEXT_LIMIT = 500;

export interface Wording {
  code: string | null;
  text: string;
}

export const NO_WORDING: Wording = { code: null, text: "" };

/** Chooses a reason. Its text replaces an untouched one; what the reviewer wrote by hand stays. */
export function chooseReason(wording: Wording, reason: Reason, catalogue: readonly Reason[]): Wording {
  const untouched = wording.text.trim() === "" || catalogue.some((each) => each.text === wording.text);
  return { code: reason.code, text: untouched ? reason.text : wording.text };
}

export type WordingProblem = "chooseReason" | "textMissing" | "textTooLong";

export function wordingProblem({ code, text }: Wording): WordingProblem | null {
  if (code === null) return "chooseReason";
  return textProblem(text);
}

export function textProblem(text: string): WordingProblem | null {
  if (text.trim() === "") return "textMissing";
  return text.trim().length > TEXT_LIMIT ? "textTooLong" : null;
}
