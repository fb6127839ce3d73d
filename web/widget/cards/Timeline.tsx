// What happened to an application, the newest first.
import { formatDayTime } from "../../shared/format";
import type { TimelineEntry } from "../../shared/types";
import { locale } from "../text";

export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <ol class="timeline">
      {[...entries].reverse().map((entry) => (
        <li key={`${entry.at} ${entry.title}`} class="timeline-entry">
          <p class="timeline-title">{entry.title}</p>
          {entry.detail && <p class="timeline-detail">{entry.detail}</p>}
          <time class="timeline-time" dateTime={entry.at}>
            {formatDayTime(entry.at, locale.value)}
          </time>
        </li>
      ))}
    </ol>
  );
}
