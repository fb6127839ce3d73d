// Shows one uploaded file large; a PDF page by page, as pictures that the service draws.
import { type Signal, signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { DocumentFile } from "../../shared/types";
import { useServices } from "../services";
import { t } from "../text";
import "./dialogs.css";
import { Icon } from "./Icon";

const shown = signal<DocumentFile | null>(null);

export function viewFile(file: DocumentFile): void {
  shown.value = file;
}

export function Viewer() {
  const { pictures } = useServices();
  const dialog = useRef<HTMLDialogElement>(null);
  const page = useSignal(1);
  const url = useSignal<string | null>(null);
  const file = shown.value;
  useEffect(() => {
    page.value = 1;
    if (file) dialog.current?.showModal();
  }, [file, page]);
  useEffect(() => {
    url.value = null;
    if (!file) return;
    let current = true;
    pictures.preview(file.id, page.value).then(
      (found) => {
        if (current) url.value = found;
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [file, page.value, pictures, url]);
  const close = () => {
    shown.value = null;
    dialog.current?.close();
  };
  return (
    <dialog ref={dialog} class="viewer" aria-label={t("file.viewer")} onClose={close}>
      <button type="button" class="icon-button viewer-close" aria-label={t("file.close")} onClick={close}>
        <Icon name="close" />
      </button>
      {url.value ? (
        <img class="viewer-picture" src={url.value} alt={t("file.viewer")} />
      ) : (
        <p class="viewer-loading">{t("file.loading")}</p>
      )}
      {file && file.pages > 1 && <Pages page={page} pages={file.pages} />}
    </dialog>
  );
}

function Pages({ page, pages }: { page: Signal<number>; pages: number }) {
  const turn = (by: number) => {
    page.value += by;
  };
  return (
    <div class="viewer-pages">
      <button
        type="button"
        class="icon-button"
        aria-label={t("file.previous")}
        disabled={page.value <= 1}
        onClick={() => turn(-1)}
      >
        <Icon name="back" />
      </button>
      <p>{t("file.page", { page: page.value, pages })}</p>
      <button
        type="button"
        class="icon-button"
        aria-label={t("file.next")}
        disabled={page.value >= pages}
        onClick={() => turn(1)}
      >
        <Icon name="forward" />
      </button>
    </div>
  );
}
