// What happened to the application, the latest first.
import { formatDayTime } from "../../shared/format";
import { Section } from "../../shared/staff/ui/Section";
import type { TimelineEntry } from "../../shared/types";
import { locale, named, t } from "../text";

export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <Section title={t("timeline")}>
      <ol class="timeline">
        {[...entries].reverse().map((entry, index) => (
          <li key={entries.length - index}>
            <p class="timeline-title">{entry.title}</p>
            {entry.detail && <p class="timeline-detail">{entry.detail}</p>}
            <p class="timeline-when">
              <time dateTime={entry.at}>{formatDayTime(entry.at, locale)}</time> · {named("actor", entry.actor)}
            </p>
          </li>
        ))}
      </ol>
    </Section>
  );
}
