// The interface of the page: window.PosAssistant. A page may fill it as a list of calls before this script has come.
import type { Listener, Widget } from "./widget";

export interface PosAssistant {
  open(): void;
  close(): void;
  identify(token: string): void;
  logout(): void;
  on(listener: Listener): void;
  /** As on the list that stood here before: `PosAssistant.push(["open"])`. */
  push(call: Call): void;
}

export type Call = ["open"] | ["close"] | ["identify", string] | ["logout"] | ["on", Listener];

declare global {
  interface Window {
    PosAssistant?: PosAssistant | Call[];
  }
}

export function publish(widget: Widget): void {
  const waiting = window.PosAssistant;
  const api: PosAssistant = {
    open: () => widget.open(),
    close: () => widget.close(),
    identify: (token) => widget.identify(token),
    logout: () => widget.logout(),
    on: (listener) => widget.on(listener),
    push: (call) => run(widget, call),
  };
  window.PosAssistant = api;
  if (Array.isArray(waiting)) for (const call of waiting) api.push(call);
}

function run(widget: Widget, call: Call): void {
  if (call[0] === "identify") widget.identify(call[1]);
  else if (call[0] === "on") widget.on(call[1]);
  else widget[call[0]]();
}
