// Choosing a reason from the catalogue and editing what the merchant will be told.
import { useId } from "preact/hooks";
import { chooseReason, type Wording } from "../model/wording";
import { t } from "../text";
import type { Reason } from "../types";
import { Choice } from "./Choice";
import { Choices } from "./Choices";
import { TextForMerchant } from "./TextForMerchant";

interface Props {
  reasons: readonly Reason[];
  wording: Wording;
  change(wording: Wording): void;
}

export function ReasonFields({ reasons, wording, change }: Props) {
  const group = useId();
  return (
    <>
      <Choices legend={t("reason")}>
        {reasons.map((reason, index) => (
          <Choice
            key={reason.code}
            group={group}
            checked={wording.code === reason.code}
            first={index === 0}
            choose={() => change(chooseReason(wording, reason, reasons))}
          >
            {reason.text}
          </Choice>
        ))}
      </Choices>
      <TextForMerchant text={wording.text} change={(text) => change({ ...wording, text })} />
    </>
  );
}
