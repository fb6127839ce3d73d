// Shows one paper large, as pictures that the service draws: an upload page by page, an agreement whole, to scroll.
import { type Signal, signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { AgreementDocument, DocumentFile } from "../../shared/types";
import type { Pictures } from "../model/pictures";
import { useServices } from "../services";
import { t } from "../text";
import "./dialogs.css";
import { Icon } from "./Icon";

interface Paper {
  pages: number;
  long: boolean;
  fetch(pictures: Pictures, page: number): Promise<string>;
}

const shown = signal<Paper | null>(null);

export function viewFile({ id, pages }: DocumentFile): void {
  shown.value = { pages, long: false, fetch: (pictures, page) => pictures.preview(id, page) };
}

export function viewAgreement(document: AgreementDocument): void {
  shown.value = { pages: 1, long: true, fetch: (pictures) => pictures.agreementPages(document) };
}

export function Viewer() {
  const { pictures } = useServices();
  const dialog = useRef<HTMLDialogElement>(null);
  const page = useSignal(1);
  const url = useSignal<string | null>(null);
  const paper = shown.value;
  useEffect(() => {
    page.value = 1;
    if (paper) dialog.current?.showModal();
  }, [paper, page]);
  useEffect(() => {
    url.value = null;
    if (!paper) return;
    let current = true;
    paper.fetch(pictures, page.value).then(
      (found) => {
        if (current) url.value = found;
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [paper, page.value, pictures, url]);
  const name = t(paper?.long ? "agreement.view" : "file.viewer");
  const close = () => {
    shown.value = null;
    dialog.current?.close();
  };
  return (
    <dialog ref={dialog} class="viewer" aria-label={name} onClose={close}>
      <button type="button" class="icon-button viewer-close" aria-label={t("file.close")} onClick={close}>
        <Icon name="close" />
      </button>
      {url.value ? (
        <Drawn url={url.value} name={name} long={paper?.long ?? false} />
      ) : (
        <p class="viewer-loading">{t("file.loading")}</p>
      )}
      {paper && paper.pages > 1 && <Pages page={page} pages={paper.pages} />}
    </dialog>
  );
}

function Drawn({ url, name, long }: { url: string; name: string; long: boolean }) {
  if (!long) return <img class="viewer-picture" src={url} alt={name} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be scrolled by the keyboard, too.
    <div class="viewer-long" tabIndex={0}>
      <img src={url} alt={name} />
    </div>
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
