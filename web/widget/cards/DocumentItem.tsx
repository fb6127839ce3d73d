// One document of the checklist with its files, its uploads and the ways to add one.
import { StateBadge } from "../../shared/components/StateBadge";
import { documentTone } from "../../shared/tones";
import type { Application, ApplicationDocument, DocumentState } from "../../shared/types";
import { FileButton } from "../components/FileButton";
import { Icon } from "../components/Icon";
import { takeFiles } from "../model/intake";
import { useServices } from "../services";
import { type TextKey, t } from "../text";
import { FileThumb } from "./FileThumb";
import { UploadRow } from "./UploadRow";

const PICK_WORDS = {
  missing: "checklist.pick",
  rejected: "checklist.again",
  uploaded: "checklist.more",
  accepted: "checklist.more",
} as const satisfies Record<DocumentState, TextKey>;

interface Props {
  application: Application;
  document: ApplicationDocument;
}

export function DocumentItem({ application, document }: Props) {
  const { uploads } = useServices();
  const mine = uploads.items.value.filter(
    (upload) => upload.application_no === application.application_no && upload.document_key === document.key,
  );
  const wanted = document.state === "missing" || document.state === "rejected";
  const open = application.allowed_actions.includes("upload") && document.state !== "accepted";
  return (
    <li class={`document document-${document.state}`} data-key={document.key}>
      <div class="document-head">
        <h3 class="document-title">{document.title}</h3>
        {!document.required && <span class="document-optional">{t("checklist.optional")}</span>}
        <StateBadge tone={documentTone(document.state)}>
          {document.state === "accepted" && <Icon name="check" />}
          {t(`document.${document.state}`)}
        </StateBadge>
      </div>
      {document.state === "rejected" && document.reason && (
        <p class="document-reason">
          <Icon name="alert" />
          {t("checklist.sentBack", { reason: document.reason })}
        </p>
      )}
      {wanted && (
        <>
          <p class="document-why">{document.why}</p>
          <p class="document-how">
            <strong>{t("checklist.how")}</strong>
            {document.how}
          </p>
        </>
      )}
      {document.files.length > 0 && (
        <ul class="thumbs">
          {document.files.map((file, index) => (
            <FileThumb
              key={file.id}
              application={application}
              documentKey={document.key}
              file={file}
              index={index}
              removable={open}
            />
          ))}
        </ul>
      )}
      {mine.map((upload) => (
        <UploadRow key={upload.id} upload={upload} />
      ))}
      {open && <UploadButtons application={application} document={document} />}
    </li>
  );
}

function UploadButtons({ application, document }: Props) {
  const { uploads, credentials } = useServices();
  const take = (files: readonly File[]) => {
    const target = {
      conversationId: credentials.session?.conversation_id ?? "",
      applicationNo: application.application_no,
      documentKey: document.key,
    };
    void takeFiles(uploads, target, files);
  };
  const { title } = document;
  return (
    <div class="document-buttons">
      <FileButton class="button button-small button-soft" label={t("checklist.pickFor", { title })} take={take}>
        <Icon name="plus" />
        {t(PICK_WORDS[document.state])}
      </FileButton>
      <FileButton
        class="button button-small button-soft camera-button"
        label={t("checklist.cameraFor", { title })}
        camera
        take={take}
      >
        <Icon name="camera" />
        {t("checklist.camera")}
      </FileButton>
    </div>
  );
}
