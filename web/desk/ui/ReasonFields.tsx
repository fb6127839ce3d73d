// Choosing a reason from the catalogue and editing what the merchant will be told.
import { useId } from "preact/hooks";
import { chooseReason, type Wording } from "../model/wording";
import { t } from "../text";
import type { Reason } from "../types";
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
      <fieldset class="reasons">
        <legend>{t("reason")}</legend>
        {reasons.map((reason) => (
          <label key={reason.code} class="reason">
            <input
              type="radio"
              name={group}
              checked={wording.code === reason.code}
              onChange={() => change(chooseReason(wording, reason, reasons))}
            />
            <span>{reason.text}</span>
          </label>
        ))}
      </fieldset>
      <TextForMerchant text={wording.text} change={(text) => change({ ...wording, text })} />
    </>
  );
}
