// Says on which day the messages below were written.
import { dayKey, formatDay } from "../../shared/format";
import { locale, t } from "../text";

const DAY_MS = 24 * 60 * 60 * 1000;

export function DayDivider({ at }: { at: string }) {
  return (
    <p class="day-divider">
      <time dateTime={at}>{name(at)}</time>
    </p>
  );
}

function name(at: string): string {
  const day = dayKey(at);
  if (day === dayKey(new Date().toISOString())) return t("transcript.today");
  if (day === dayKey(new Date(Date.now() - DAY_MS).toISOString())) return t("transcript.yesterday");
  return formatDay(at, locale.value);
}
