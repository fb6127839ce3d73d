// A native modal dialog: a sheet at the side, so that the document stays in sight, or a card in the middle.
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../text";
import { Icon } from "./Icon";
import "./sheet.css";

interface Props {
  title: string;
  kind?: "side" | "centred";
  /** Without it the dialog cannot be left by Escape. */
  onClose?: () => void;
  children: ComponentChildren;
}

export function Sheet({ title, kind = "side", onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Closing before it leaves the page gives the focus back to where it was.
    return () => shown?.close();
  }, []);

  function onCancel(event: Event) {
    event.preventDefault();
    onClose?.();
  }

  return (
    <dialog ref={dialog} class={`sheet sheet-${kind}`} aria-labelledby={titleId} onCancel={onCancel}>
      <header class="sheet-head">
        <h2 id={titleId}>{title}</h2>
        {onClose && (
          <button type="button" class="icon-button" aria-label={t("close")} onClick={onClose}>
            <Icon name="close" />
          </button>
        )}
      </header>
      <div class="sheet-body">{children}</div>
    </dialog>
  );
}
