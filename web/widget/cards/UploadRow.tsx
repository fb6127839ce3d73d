// A file on its way: its picture, how far it is, and what can be done about it.
import { useComputed } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { formatSize } from "../../shared/format";
import { Icon } from "../components/Icon";
import type { Upload } from "../model/uploads";
import { useServices } from "../services";
import { t } from "../text";

/** Kinds that every browser can draw; HEIC is drawn by the service once it has arrived. */
const DRAWABLE = /^image\/(jpeg|png|webp)$/;

export function UploadRow({ upload }: { upload: Upload }) {
  const { uploads } = useServices();
  const picture = useMemo(() => (DRAWABLE.test(upload.type) ? URL.createObjectURL(upload.blob) : null), [upload]);
  useEffect(() => () => (picture ? URL.revokeObjectURL(picture) : undefined), [picture]);
  const state = upload.state.value;
  const sentence = useComputed(() => describe(upload)).value;
  return (
    <div class={`upload upload-${state}`} data-upload={upload.id}>
      <span class="upload-picture">
        {picture ? <img class="thumb-picture" src={picture} alt="" /> : <Icon name="file" />}
      </span>
      <div class="upload-words">
        <p class="upload-name">
          <span class="upload-file">{upload.name}</span>
          <span class="upload-size">{formatSize(upload.size)}</span>
        </p>
        {state !== "refused" && (
          <progress class="upload-progress" max={1} value={upload.progress.value} aria-label={t("upload.progress")} />
        )}
        <p class="upload-state" role={state === "refused" ? "alert" : undefined}>
          {sentence}
        </p>
      </div>
      {(state === "waiting" || state === "refused") && (
        <button
          type="button"
          class="icon-button icon-button-small"
          aria-label={t("upload.retry")}
          onClick={() => uploads.retry(upload.id)}
        >
          <Icon name="retry" />
        </button>
      )}
      <button
        type="button"
        class="icon-button icon-button-small"
        aria-label={t(state === "refused" ? "upload.remove" : "upload.cancel")}
        onClick={() => uploads.cancel(upload.id)}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

function describe(upload: Upload): string {
  const state = upload.state.value;
  if (state === "refused") return upload.detail.value ?? t("upload.refused");
  if (state !== "sending") return t(`upload.${state}`);
  const percent = Math.floor(upload.progress.value * 100);
  return percent >= 100 ? t("upload.finishing") : t("upload.sending", { percent });
}
