// Earlier conversations of the same merchant, with what came of them.
import { formatDayTime } from "../../shared/format";
import { Section } from "../../shared/staff/ui/Section";
import { conversationHash } from "../model/route";
import { me } from "../state/me";
import { locale, t } from "../text";
import type { Earlier } from "../types";

export function EarlierList({ earlier }: { earlier: readonly Earlier[] }) {
  return (
    <Section title={t("earlier")}>
      <ul class="lines">
        {earlier.map((one) => (
          <li key={one.conversation_id}>
            <a href={conversationHash(one.conversation_id, "closed")}>
              <time dateTime={one.last_at}>{formatDayTime(one.last_at, locale)}</time>
            </a>
            <span>{[one.summary?.request, one.summary?.result].filter(Boolean).join(" → ") || t("noSummary")}</span>
            {one.result_code && <span class="soft">{resultText(one.result_code)}</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function resultText(code: string): string {
  return me.value?.results.find((result) => result.code === code)?.text ?? code;
}
