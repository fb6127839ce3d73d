// The box for a text that a merchant will read.
import { useId } from "preact/hooks";
import { TEXT_LIMIT } from "../model/wording";
import { t } from "../text";

interface Props {
  label?: string;
  text: string;
  change(text: string): void;
}

export function TextForMerchant({ label, text, change }: Props) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label ?? t("textToMerchant")}</label>
      <textarea
        id={id}
        class="input"
        rows={4}
        value={text}
        aria-describedby={`${id}-count`}
        onInput={(event) => change(event.currentTarget.value)}
      />
      <span id={`${id}-count`} class="soft small field-count">
        {text.trim().length} / {TEXT_LIMIT}
      </span>
    </div>
  );
}
