// The checklist as a row of buttons, each with the state of its document in words and as a mark.

import { Icon, type IconName } from "../../shared/staff/ui/Icon";
import type { ApplicationDocument, DocumentState } from "../../shared/types";
import { named, t } from "../text";
import type { Reading } from "../types";

const MARKS: Readonly<Record<DocumentState, IconName>> = {
  missing: "dash",
  uploaded: "circle",
  accepted: "check",
  rejected: "undo",
};

interface Props {
  documents: readonly ApplicationDocument[];
  readings: Readonly<Record<string, Reading>>;
  chosen: string;
  choose(key: string): void;
}

export function DocumentTabs({ documents, readings, chosen, choose }: Props) {
  return (
    <div class="document-tabs">
      <h2 class="visually-hidden">{t("documents")}</h2>
      <ul>
        {documents.map((document) => (
          <li key={document.key}>
            <button
              type="button"
              class={`document-tab document-${document.state}`}
              aria-current={document.key === chosen}
              onClick={() => choose(document.key)}
            >
              <span class="document-mark">
                <Icon name={MARKS[document.state]} />
              </span>
              <span class="document-name">{document.title}</span>
              <span class="document-state">
                {named("document", document.state)}
                {!document.required && ` · ${t("optional")}`}
                {isFlagged(document, readings) && <span class="document-flag"> · {t("attention_flagged")}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Whether the machine warns about a file of a document that is still to be decided. */
function isFlagged({ state, files }: ApplicationDocument, readings: Readonly<Record<string, Reading>>): boolean {
  if (state !== "uploaded") return false;
  return files.some(({ id }) => readings[id]?.flags.some((flag) => flag.severity === "warning"));
}
