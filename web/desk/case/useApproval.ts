// An approval in the making: the amount, why it is less than was asked for, and the words for the merchant.
import { useState } from "preact/hooks";
import { type Amount, checkAmount, expectedFen } from "../model/amount";
import { yuanText } from "../model/money";
import { chooseReason, NO_WORDING, type Wording } from "../model/wording";
import { t } from "../text";
import type { TextKey } from "../text/zh";
import type { CaseDecision, CaseDetail, Deduction } from "../types";
import { sayMistake } from "./AmountField";
import { mistakeInText } from "./mistakes";

export interface Approval {
  max: number;
  typed: string;
  amount: Amount;
  wording: Wording;
  /** What has to be written, if anything. */
  words: Words | null;
  /** Whether there is a price list to deduct from. */
  mayDeduct: boolean;
  /** A sentence when something must be corrected first. */
  problem: string | null;
  body: CaseDecision;
  type(typed: string): void;
  write(text: string): void;
  deduct(deduction: Deduction): void;
}

interface Words {
  label: TextKey;
  missing: TextKey;
}

export function useApproval(detail: CaseDetail): Approval {
  const { pays, amount_asked_fen: asked, reply_required: replyRequired } = detail;
  const { deduction: deductions } = detail.reasons;
  const max = (pays && detail.application.amount_fen) || 0;
  const expected = expectedFen(asked, max);
  const [typed, type] = useState(yuanText(expected));
  const [wording, setWording] = useState(NO_WORDING);
  const amount = checkAmount(typed, expected, max);
  const less = amount.ok && amount.less;
  const mayDeduct = max > 0 && deductions.length > 0;
  const words = wordsFor(replyRequired, less, mayDeduct);

  const body: CaseDecision = {
    decision: "approve",
    amount_fen: pays && amount.ok ? amount.fen : null,
    reason_code: null,
    reason_text: words && wording.text.trim(),
  };
  if (less && wording.code !== null) body.deduction_code = wording.code;

  function problem(): string | null {
    if (!amount.ok) return sayMistake(amount, max);
    if (less && mayDeduct && wording.code === null) return t("deductionMissing");
    return words && mistakeInText(wording.text, words.missing);
  }

  function deduct(deduction: Deduction) {
    setWording(chooseReason(wording, deduction, deductions));
    if (deduction.amount_fen !== null) type(yuanText(Math.max(0, expected - deduction.amount_fen)));
  }

  const write = (text: string) => setWording({ ...wording, text });
  return { max, typed, amount, wording, words, mayDeduct, problem: problem(), body, type, write, deduct };
}

/** What has to be written: the result where the procedure owes one, or why it is less than was asked for. */
function wordsFor(replyRequired: boolean, less: boolean, mayDeduct: boolean): Words | null {
  if (replyRequired) return { label: "resultForMerchant", missing: "resultMissing" };
  return less ? { label: mayDeduct ? "deductionWords" : "lessBecause", missing: "textMissing" } : null;
}
