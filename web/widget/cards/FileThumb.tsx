// A small picture of an uploaded file; a press shows it large.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Application, DocumentFile } from "../../shared/types";
import { Icon } from "../components/Icon";
import { viewFile } from "../components/Viewer";
import { useSubmit } from "../hooks/submit";
import { useServices } from "../services";
import { t } from "../text";

interface Props {
  application: Application;
  documentKey: string;
  file: DocumentFile;
  index: number;
  removable: boolean;
}

export function FileThumb({ application, documentKey, file, index, removable }: Props) {
  const { pictures, actions } = useServices();
  const url = useSignal<string | null>(null);
  const removing = useSubmit();
  useEffect(() => {
    pictures.preview(file.id).then(
      (found) => {
        url.value = found;
      },
      () => undefined,
    );
  }, [file.id, pictures, url]);
  return (
    <li class="thumb" aria-busy={removing.busy}>
      <button
        type="button"
        class="thumb-open"
        aria-label={t("file.open", { n: index + 1 })}
        onClick={() => viewFile(file)}
      >
        {url.value ? <img class="thumb-picture" src={url.value} alt="" /> : <Icon name="file" />}
        {file.content_type === "application/pdf" && <span class="thumb-kind">{t("file.pdf")}</span>}
      </button>
      {removable && (
        <button
          type="button"
          class="thumb-remove"
          aria-label={`${t("file.remove")} ${index + 1}`}
          disabled={removing.busy}
          onClick={() => removing.run(() => actions.removeFile(application.application_no, documentKey, file.id))}
        >
          <Icon name="close" />
        </button>
      )}
      {removing.sentence && (
        <p class="field-error" role="alert">
          {removing.sentence}
        </p>
      )}
    </li>
  );
}
