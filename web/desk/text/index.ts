// The catalogue in the reader's language, chosen once when the page opens.
import { translator } from "../../shared/i18n";
import { locale } from "../../shared/staff/text";
import { en } from "./en";
import { type TextKey, zh } from "./zh";

export { locale };

const catalogue = locale === "en" ? en : zh;

export const t = translator<TextKey>(catalogue);

/** The text of a key that is put together from a value of the service; the other words when the value is new to this page. */
export function named(prefix: string, value: string, otherwise = value): string {
  const key = `${prefix}_${value}`;
  return key in catalogue ? t(key as TextKey) : otherwise;
}
