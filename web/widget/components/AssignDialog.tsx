// Asks which document the dropped, pasted or picked files are; when none is asked for, says what to do first.
import { type Signal, useComputed } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { StateBadge } from "../../shared/components/StateBadge";
import { applicationsIn } from "../../shared/model/transcript";
import { documentTone } from "../../shared/tones";
import type { Application } from "../../shared/types";
import { takeFiles } from "../model/intake";
import { useServices } from "../services";
import { type TextKey, t } from "../text";
import "./dialogs.css";
import { OpenApplicationList } from "./OpenApplicationList";

export function AssignDialog({ offered }: { offered: Signal<readonly File[]> }) {
  const { conversation, applications, openApplications, uploads, credentials } = useServices();
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
  const words = wordsFor(waiting.value.length > 0, openApplications.newest.value.length > 0);
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="assign-title" onClose={close}>
      <h2 id="assign-title" class="dialog-title">
        {t(words.title)}
      </h2>
      <p class="dialog-note">{t(words.note, { n: files.length })}</p>
      {waiting.value.map((application) => (
        <DocumentsToChoose key={application.application_no} application={application} assign={assign} />
      ))}
      {waiting.value.length === 0 && files.length > 0 && <OpenApplicationList chosen={close} />}
      <button type="button" class="button button-plain" onClick={close}>
        {t(words.close)}
      </button>
    </dialog>
  );
}

interface Words {
  title: TextKey;
  note: TextKey;
  close: TextKey;
}

/** Documents of this conversation first; else an application of the merchant's to open; else nothing is asked for. */
function wordsFor(documentsWait: boolean, applicationsOpen: boolean): Words {
  if (documentsWait) return { title: "assign.title", note: "assign.files", close: "assign.cancel" };
  if (applicationsOpen) return { title: "assign.openTitle", note: "assign.open", close: "assign.cancel" };
  return { title: "assign.noneTitle", note: "assign.none", close: "assign.understood" };
}

interface ChooseProps {
  application: Application;
  assign(application: Application, documentKey: string): void;
}

function DocumentsToChoose({ application, assign }: ChooseProps) {
  return (
    <section class="assign-group">
      <h3 class="assign-application">
        {application.label} · {application.application_no}
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
  );
}
