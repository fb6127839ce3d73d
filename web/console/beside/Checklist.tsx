// The papers of an application: how each stands, and what the agent can do about it for the merchant.
import { useRef } from "preact/hooks";
import { StateBadge } from "../../shared/components/StateBadge";
import { newId } from "../../shared/ids";
import { ACCEPTED, faultOf } from "../../shared/model/upload-rules";
import { sendFile } from "../../shared/net/upload";
import { Icon } from "../../shared/staff/ui/Icon";
import { Notice } from "../../shared/staff/ui/Notice";
import { documentTone } from "../../shared/tones";
import type { Application, ApplicationDocument } from "../../shared/types";
import { conversations, onBehalf } from "../api";
import { type Change, useChange } from "../conversation/useChange";
import { checkedNote, isChecked } from "../model/checked";
import type { Draft } from "../state/draft";
import type { Talk } from "../state/talk";
import { named, t } from "../text";
import type { Detail } from "../types";
import type { Opened } from "./useApplication";

interface Props {
  talk: Talk;
  detail: Detail;
  opened: Opened;
  application: Application;
  serves: boolean;
  draft: Draft | null;
}

export function Checklist({ talk, detail, opened, application, serves, draft }: Props) {
  const change = useChange();
  const number = application.application_no;

  function upload(document: ApplicationDocument, file: File) {
    const fault = faultOf(file);
    if (fault) return change.complain(t(`file_${fault}`));
    void change.run(async () => {
      await sendFile({
        url: `/v1/applications/${encodeURIComponent(number)}/documents/${encodeURIComponent(document.key)}`,
        headers: { ...onBehalf(talk.id), "Idempotency-Key": newId() },
        file,
        name: file.name,
        signal: new AbortController().signal,
        progress: () => undefined,
      });
      await opened.reload();
    });
  }
  function tick(document: ApplicationDocument) {
    void change.run(async () => {
      talk.adopt(await conversations.change(talk.id, "notes", { text: checkedNote(number, document.title) }));
    });
  }
  return (
    <>
      <h3>{t("checklist")}</h3>
      <ul class="checklist">
        {application.documents.map((document) => (
          <Paper
            key={document.key}
            document={document}
            checked={isChecked(detail.notes, number, document.title)}
            tick={detail.allowed_actions.includes("note") ? () => tick(document) : null}
            request={
              draft ? () => draft.insert(t("requestDocument", { title: document.title, how: document.how })) : null
            }
            upload={serves ? (file) => upload(document, file) : null}
            change={change}
          />
        ))}
      </ul>
      {change.problem && <Notice tone="danger" text={change.problem} />}
    </>
  );
}

interface PaperProps {
  document: ApplicationDocument;
  checked: boolean;
  tick: (() => void) | null;
  request: (() => void) | null;
  upload: ((file: File) => void) | null;
  change: Change;
}

function Paper({ document, checked, tick, request, upload, change }: PaperProps) {
  const file = useRef<HTMLInputElement>(null);
  const open = document.state === "missing" || document.state === "rejected";
  return (
    <li class="paper" data-key={document.key}>
      <span class="paper-title">
        {document.title}
        {!document.required && <span class="soft"> {t("optional")}</span>}
      </span>
      <StateBadge tone={documentTone(document.state)}>{named("document", document.state)}</StateBadge>
      {document.reason && <span class="paper-reason">{document.reason}</span>}
      <span class="paper-do">
        {checked ? (
          <span class="verified">
            <Icon name="check" /> {t("checked")}
          </span>
        ) : (
          tick && (
            <button type="button" class="quiet-button" aria-disabled={change.busy} onClick={tick}>
              {t("tick")}
              <span class="visually-hidden">{document.title}</span>
            </button>
          )
        )}
        {open && request && (
          <button type="button" class="quiet-button" onClick={request}>
            {t("request")}
            <span class="visually-hidden">{document.title}</span>
          </button>
        )}
        {open && upload && (
          <>
            <input
              ref={file}
              type="file"
              class="visually-hidden"
              tabIndex={-1}
              accept={ACCEPTED}
              aria-label={t("fileOf", { title: document.title })}
              onChange={(event) => {
                const [chosen] = Array.from(event.currentTarget.files ?? []);
                if (chosen) upload(chosen);
                event.currentTarget.value = "";
              }}
            />
            <button
              type="button"
              class="quiet-button"
              aria-disabled={change.busy}
              onClick={() => !change.busy && file.current?.click()}
            >
              {t("upload")}
              <span class="visually-hidden">{document.title}</span>
            </button>
          </>
        )}
      </span>
    </li>
  );
}
