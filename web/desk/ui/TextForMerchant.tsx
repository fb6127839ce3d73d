// The box for a text that a merchant will read.

import { TextBox } from "../../shared/staff/ui/TextBox";
import { TEXT_LIMIT } from "../model/wording";
import { t } from "../text";

interface Props {
  label?: string;
  text: string;
  /** The box that has the focus when its sheet opens. */
  first?: boolean;
  change(text: string): void;
}

export function TextForMerchant({ label, text, first, change }: Props) {
  return <TextBox label={label ?? t("textToMerchant")} text={text} change={change} limit={TEXT_LIMIT} first={first} />;
}
