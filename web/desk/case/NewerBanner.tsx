// Says that the application has changed elsewhere, and what; nothing moves under the reviewer's eyes until they ask.

import { Icon } from "../../shared/staff/ui/Icon";
import { Key } from "../../shared/staff/ui/Key";
import { useShortcuts } from "../../shared/staff/ui/shortcuts";
import { t } from "../text";
import type { CaseDetail } from "../types";
import { tellChanges } from "./changes";

interface Props {
  shown: CaseDetail;
  newer: CaseDetail;
  show(): void;
}

export function NewerBanner({ shown, newer, show }: Props) {
  useShortcuts({ ".": show });
  return (
    <div class="newer-banner" role="status">
      <Icon name="info" />
      <span>
        <strong>{t("changedElsewhere")}</strong> {tellChanges(shown, newer)}
      </span>
      <button type="button" class="quiet-button" aria-keyshortcuts="." onClick={show}>
        {t("showLatest")}
        <Key name="." />
      </button>
    </div>
  );
}
