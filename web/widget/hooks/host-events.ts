// Follows the host page: shown or hidden, identified, logged out; tells it how much is unread; Escape closes.
import { effect, type Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Services } from "../services";

export function useHostEvents({ host, conversation }: Services, visible: Signal<boolean>, focus: () => void): void {
  useEffect(() => {
    host.listen({
      visibility: (open) => {
        visible.value = open;
        if (open) focus();
      },
      identity: (token) => void conversation.identify(token),
      logout: () => void conversation.restart(null),
    });
    const stopTelling = effect(() => host.unread(visible.value ? 0 : conversation.unread.value));
    const onKey = (event: KeyboardEvent) => {
      const inDialog = document.querySelector("dialog[open]") !== null;
      if (event.key === "Escape" && !event.isComposing && !event.defaultPrevented && !inDialog) host.close();
    };
    document.addEventListener("keydown", onKey);
    return () => {
      stopTelling();
      document.removeEventListener("keydown", onKey);
    };
  }, [host, conversation, visible, focus]);
}
