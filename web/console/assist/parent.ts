// The line to the page around the frame. Only pages that the settings allow can frame this one at all; and only its
// parent is listened to, on the origin that it spoke from first.
import { signal } from "@preact/signals";
import { envelope, opened } from "../../shared/embed";
import type { ToElement, ToPanel } from "./words";

export const followed = signal<string | null>(null);
/** The draft of the other system, to be looked at. */
export const drafted = signal("");

let origin: string | null = null;

export function tell(body: ToElement): void {
  // Until the parent has spoken there is nothing that it must not hear: "ready" alone.
  if (origin !== null || body.type === "ready") window.parent.postMessage(envelope(body), origin ?? "*");
}

/** Begins to listen, and keeps the frame as high as its content. */
export function connect(content: HTMLElement): void {
  if (window.parent === window) return;
  window.addEventListener("message", (event) => {
    if (event.source !== window.parent || (origin !== null && event.origin !== origin)) return;
    const message = opened<ToPanel>(event.data);
    if (!message) return;
    origin = event.origin;
    if (message.type === "follow") followed.value = message.conversationId;
    else if (message.type === "check") drafted.value = message.text;
    tell({ type: "height", height: content.scrollHeight });
  });
  new ResizeObserver(() => tell({ type: "height", height: content.scrollHeight })).observe(content);
  tell({ type: "ready" });
}
