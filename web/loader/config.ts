// What the script tag says: where the service is, and how the widget shall look and behave on this page.
import type { EmbedOptions } from "../shared/embed";

export interface LoaderConfig {
  /** Origin of the service, taken from the address of this script. */
  service: string;
  identityToken: string | null;
  options: EmbedOptions;
  side: "left" | "right";
}

export function readConfig(script: HTMLScriptElement): LoaderConfig {
  const { identityToken, locale, title, accent, side } = script.dataset;
  return {
    service: new URL(script.src).origin,
    identityToken: identityToken || null,
    options: { locale: locale || "zh-CN", title: title || null, accent: accent || null },
    side: side === "left" ? "left" : "right",
  };
}
