// Asks which document the dropped, pasted or picked files are.
import { type Signal, useComputed } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { StateBadge } from "../../shared/components/StateBadge";
import { documentTone } from "../../shared/tones";
import type { Application } from "../../shared/types";
import { takeFiles } from "../model/intake";
import { applicationsIn } from "../model/transcript";
import { useServices } from "../services";
import { t } from "../text";
import "./dialogs.css";

export function AssignDialog({ offered }: { offered: Signal<readonly File[]> }) {
  const { conversation, applications, uploads, credentials } = useServices();
  const dialog = useRef<HTMLDialogElement>(null);
  const waiting = useComputed(() =>
    applicationsIn(conversation.messages.value)
      .flatMap((number) => applications.cell(number).value.application ?? [])
      .filter((application) => application.allowed_actions.includes("upload")),
  );
  const files = offered.value;
  useEffect(() => {
    if (files.length > 0) dialog.current?.showModal();
    else dialog.current?.close();
  }, [files]);
  const close = () => {
    offered.value = [];
  };
  const assign = (application: Application, documentKey: string) => {
    const target = {
      conversationId: credentials.session?.conversation_id ?? "",
      applicationNo: application.application_no,
      documentKey,
    };
    void takeFiles(uploads, target, files);
    close();
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="assign-title" onClose={close}>
      <h2 id="assign-title" class="dialog-title">
        {t("assign.title")}
      </h2>
      <p class="dialog-note">{waiting.value.length > 0 ? t("assign.files", { n: files.length }) : t("assign.none")}</p>
      {waiting.value.map((application) => (
        <section key={application.application_no} class="assign-group">
          <h3 class="assign-application">
            {application.procedure.title} · {application.application_no}
          </h3>
          <ul>
            {application.documents
              .filter((document) => document.state !== "accepted")
              .map((document) => (
                <li key={document.key}>
                  <button type="button" class="assign-item" onClick={() => assign(application, document.key)}>
                    <span>{document.title}</span>
                    <StateBadge tone={documentTone(document.state)}>{t(`document.${document.state}`)}</StateBadge>
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
      <button type="button" class="button button-plain" onClick={close}>
        {t("assign.cancel")}
      </button>
    </dialog>
  );
}
