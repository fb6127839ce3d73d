// The box for the amount in 元, which says at once how it was understood.
import { useId } from "preact/hooks";
import { formatFen } from "../../shared/format";
import type { Amount } from "../model/amount";
import { t } from "../text";

interface Props {
  typed: string;
  change(typed: string): void;
  amount: Amount;
  /** The sum that the merchant named. */
  asked: number | null;
  max: number;
}

export function AmountField({ typed, change, amount, asked, max }: Props) {
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
        <span>
          {asked === null ? t("amountMax", { max: formatFen(max) }) : t("amountNamed", { asked: formatFen(asked) })}
        </span>
        {amount.ok ? (
          <strong>{amount.fen === 0 ? t("amountNothing") : t("amountAs", { amount: formatFen(amount.fen) })}</strong>
        ) : (
          <span class="field-mistake">{sayMistake(amount, max)}</span>
        )}
      </div>
    </div>
  );
}

export function sayMistake(amount: Exclude<Amount, { ok: true }>, max: number): string {
  return t(`amount_${amount.problem}`, { max: formatFen(max) });
}
