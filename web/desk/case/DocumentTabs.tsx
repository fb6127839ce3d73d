// The checklist as a row of buttons, each with the state of its document in words and as a mark.
import type { ApplicationDocument, DocumentState } from "../../shared/types";
import { named, t } from "../text";
import { Icon, type IconName } from "../ui/Icon";

const MARKS: Readonly<Record<DocumentState, IconName>> = {
  missing: "dash",
  uploaded: "circle",
  accepted: "check",
  rejected: "undo",
};

interface Props {
  documents: readonly ApplicationDocument[];
  chosen: string;
  choose(key: string): void;
}

export function DocumentTabs({ documents, chosen, choose }: Props) {
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
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
