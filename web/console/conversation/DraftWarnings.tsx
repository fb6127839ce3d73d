// What is wrong with a draft, before it goes out; some of it the agent may answer for.
import type { RefObject } from "preact";
import { Icon } from "../../shared/staff/ui/Icon";
import { t } from "../text";
import type { DraftWarning } from "../types";

interface Props {
  text: string;
  warnings: readonly DraftWarning[];
  insist: RefObject<HTMLButtonElement | null>;
  /** Null where nobody may answer for it. */
  send: ((confirmed: readonly string[]) => void) | null;
}

export function DraftWarnings({ text, warnings, insist, send }: Props) {
  return (
    <div class="draft-warnings" role="status">
      <ul>
        {warnings.map((warning) => (
          <li key={`${warning.code} ${warning.from}`}>
            <Icon name="warning" />
            <span>
              <q>{text.trim().slice(warning.from, warning.to)}</q> {warning.text}
            </span>
          </li>
        ))}
      </ul>
      {send ? (
        <button
          ref={insist}
          type="button"
          class="button button-small button-warn"
          onClick={() => send([...new Set(warnings.map(({ code }) => code))])}
        >
          {t("sendAnyway")}
        </button>
      ) : (
        <p class="small">{t("mustMend")}</p>
      )}
    </div>
  );
}
