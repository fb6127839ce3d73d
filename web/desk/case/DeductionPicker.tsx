// Why less is granted: a price on the list, which fills in the amount where the list names one.
import { useId, useState } from "preact/hooks";
import { formatFen } from "../../shared/format";
import { t } from "../text";
import type { Deduction } from "../types";
import { Choice } from "../ui/Choice";
import { Choices } from "../ui/Choices";
import type { Approval } from "./useApproval";

interface Props {
  approval: Approval;
  deductions: readonly Deduction[];
}

export function DeductionPicker({ approval, deductions }: Props) {
  const group = useId();
  const [asked, setAsked] = useState(false);
  const less = approval.amount.ok && approval.amount.less;
  if (!less && !asked) {
    return (
      <button type="button" class="quiet-button deduction-open" onClick={() => setAsked(true)}>
        {t("deductionOpen")}
      </button>
    );
  }
  return (
    <Choices legend={t("deduction")}>
      {deductions.map((deduction) => (
        <Choice
          key={deduction.code}
          group={group}
          checked={less && approval.wording.code === deduction.code}
          choose={() => approval.deduct(deduction)}
        >
          {deduction.text}
          {deduction.amount_fen !== null && <strong class="number"> {formatFen(deduction.amount_fen)}</strong>}
          <span class="clause">{deduction.clause}</span>
        </Choice>
      ))}
    </Choices>
  );
}
