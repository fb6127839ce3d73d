// Approves the application: how much, exactly, and what to look at once more before.
import { useId, useState } from "preact/hooks";
import { formatFen } from "../../shared/format";
import { type Amount, checkAmount } from "../model/amount";
import { yuanText } from "../model/money";
import { t } from "../text";
import type { CaseDecision, CaseDetail } from "../types";
import { Icon } from "../ui/Icon";
import { Sheet } from "../ui/Sheet";
import { SheetForm } from "../ui/SheetForm";
import type { Case } from "./useCase";
import { useSheet } from "./useSheet";

export function ApproveSheet({ current, detail, close }: { current: Case; detail: CaseDetail; close: () => void }) {
  const max = detail.application.amount_fen;
  const [typed, setTyped] = useState(max === null ? "" : yuanText(max));
  const amount: Amount = max === null ? { ok: true, fen: null } : checkAmount(typed, max);
  const sheet = useSheet(current, "decision", check, close);
  const warnings = detail.facts.filter((fact) => fact.warning);

  function check() {
    const body: CaseDecision = {
      decision: "approve",
      amount_fen: amount.ok ? amount.fen : null,
      reason_code: null,
      reason_text: null,
    };
    return { problem: amount.ok ? null : sayMistake(amount, max), body };
  }

  return (
    <Sheet title={t("approveTitle")} onClose={close}>
      <SheetForm {...sheet} confirm={t("confirmApprove")} tone="ok" close={close}>
        {max === null ? (
          <p>{t("approveWithoutMoney")}</p>
        ) : (
          <AmountField typed={typed} change={setTyped} amount={amount} max={max} />
        )}
        {warnings.length > 0 && (
          <div class="approve-warnings">
            <p>{t("approveWarnings")}</p>
            <ul>
              {warnings.map((fact) => (
                <li key={fact.label}>
                  <Icon name="warning" />
                  {fact.label}：{fact.value}
                </li>
              ))}
            </ul>
          </div>
        )}
      </SheetForm>
    </Sheet>
  );
}

interface AmountFieldProps {
  typed: string;
  change(typed: string): void;
  amount: Amount;
  max: number;
}

function AmountField({ typed, change, amount, max }: AmountFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{t("amountLabel")}</label>
      <input
        id={id}
        class="input input-amount"
        inputMode="decimal"
        autocomplete="off"
        autofocus
        value={typed}
        aria-invalid={!amount.ok}
        aria-describedby={`${id}-hint`}
        onInput={(event) => change(event.currentTarget.value)}
      />
      <div id={`${id}-hint`} class="field-hint">
        <span>{t("amountMax", { max: formatFen(max) })}</span>
        {amount.ok && amount.fen !== null ? (
          <strong>{t("amountAs", { amount: formatFen(amount.fen) })}</strong>
        ) : (
          !amount.ok && <span class="field-mistake">{sayMistake(amount, max)}</span>
        )}
      </div>
    </div>
  );
}

function sayMistake(amount: Exclude<Amount, { ok: true }>, max: number | null): string {
  return t(`amount_${amount.problem}`, { max: formatFen(max ?? 0) });
}
