// The language of this page: every component asks `t` for its words.
import { signal } from "@preact/signals";
import { fill, type Params, pickLocale } from "../../shared/i18n";
import { en } from "./en";
import { type TextKey, zh } from "./zh";

export type { TextKey } from "./zh";
export type Locale = "zh-CN" | "en";

export const locale = signal<Locale>("zh-CN");

const CATALOGUES = { "zh-CN": zh, en } as const;

/** `auto` follows the browser; anything unknown is Chinese. */
export function speak(asked: string): void {
  locale.value = pickLocale<Locale>(["zh-CN", "en"], asked === "auto" ? navigator.languages : [asked]);
  document.documentElement.lang = locale.value;
}

export function t(key: TextKey, params?: Params): string {
  return fill(CATALOGUES[locale.value][key], params);
}
