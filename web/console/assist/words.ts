// What the element on a page of another system and the panel in its frame say to each other by postMessage.

/** From the element to the panel. */
export type ToPanel = { type: "follow"; conversationId: string | null } | { type: "check"; text: string };

/** From the panel to the element, which turns it into events of its own. */
export type ToElement =
  | { type: "ready" }
  | { type: "inserted"; detail: SuggestionTaken }
  | { type: "dismissed"; detail: SuggestionTaken }
  | { type: "warnings"; detail: { text: string; warnings: PanelWarning[] } }
  | { type: "height"; height: number };

export interface SuggestionTaken {
  conversationId: string;
  suggestionId: string;
  kind: string;
  title: string;
  text: string;
}

export interface PanelWarning {
  code: string;
  text: string;
  from: number;
  to: number;
}
