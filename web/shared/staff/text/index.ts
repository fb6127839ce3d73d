// The shared words in the reader's language, chosen once when the page opens.
import { pickLocale, translator } from "../../i18n";
import { en } from "./en";
import { type TextKey, zh } from "./zh";

export const locale = pickLocale(["zh-CN", "en"], navigator.languages);

export const t = translator<TextKey>(locale === "en" ? en : zh);
