// Files dropped anywhere on the window, or pasted, are offered as documents; while they hover, this says so.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../text";
import { Icon } from "./Icon";

export function DropHint({ offer }: { offer: (files: readonly File[]) => void }) {
  const over = useSignal(false);
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const files = Array.from(event.clipboardData?.files ?? []);
      if (files.length === 0) return;
      event.preventDefault();
      offer(files);
    };
    const onDragOver = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      over.value = true;
    };
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) over.value = false;
    };
    const onDrop = (event: DragEvent) => {
      const files = Array.from(event.dataTransfer?.files ?? []);
      over.value = false;
      if (files.length === 0) return;
      event.preventDefault();
      offer(files);
    };
    const listeners = { paste: onPaste, dragover: onDragOver, dragleave: onDragLeave, drop: onDrop };
    for (const [name, listener] of Object.entries(listeners)) {
      document.addEventListener(name, listener as EventListener);
    }
    return () => {
      for (const [name, listener] of Object.entries(listeners)) {
        document.removeEventListener(name, listener as EventListener);
      }
    };
  }, [offer, over]);
  if (!over.value) return null;
  return (
    <div class="drop-hint">
      <Icon name="plus" />
      {t("assign.drop")}
    </div>
  );
}
