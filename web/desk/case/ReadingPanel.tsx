// What the machine read on the file beside it: what it noticed first, then field by field. It never decides.

import { Icon } from "../../shared/staff/ui/Icon";
import { named, t } from "../text";
import type { Reading } from "../types";
import { Row } from "./Row";

/** Below this the machine was guessing, and the reviewer should look twice. */
const UNSURE = 0.8;

export function ReadingPanel({ reading }: { reading: Reading }) {
  return (
    <aside class="reading" aria-label={t("reading")}>
      <h3>{t("reading")}</h3>
      <p class="reading-note">{t("readingNote")}</p>
      {reading.state !== "read" && <p class="soft">{named("reading", reading.state)}</p>}
      {reading.flags.length > 0 && (
        <ul class="reading-flags">
          {reading.flags.map((flag) => (
            <li
              key={flag.code}
              class={`reading-flag ${flag.severity === "warning" ? "reading-warning" : "reading-hint"}`}
            >
              <Icon name={flag.severity === "warning" ? "warning" : "info"} />
              <span>
                <span class="visually-hidden">{named("severity", flag.severity)}</span>
                {flag.text}
              </span>
            </li>
          ))}
        </ul>
      )}
      <dl>
        {reading.fields.map((field) => (
          <Row key={field.key} label={field.label}>
            {field.value}
            {field.score < UNSURE && <span class="reading-unsure">{t("readingUnsure")}</span>}
          </Row>
        ))}
      </dl>
      {reading.score !== null && reading.state === "read" && (
        <p class="soft small">{t("readingScore", { percent: Math.round(reading.score * 100) })}</p>
      )}
    </aside>
  );
}
