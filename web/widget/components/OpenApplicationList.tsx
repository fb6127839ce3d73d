// The merchant's open applications as buttons: pressing one asks the assistant how it stands, and goes on with it.
import { useId } from "preact/hooks";
import { StateBadge } from "../../shared/components/StateBadge";
import { applicationTone } from "../../shared/tones";
import { useServices } from "../services";
import { t } from "../text";
import "./open-application-list.css";

export function OpenApplicationList({ chosen }: { chosen?: () => void }) {
  const { openApplications, sender } = useServices();
  const titleId = useId();
  const lines = openApplications.newest.value;
  if (lines.length === 0) return null;
  const goOn = (number: string) => {
    sender.send({ text: t("open.goOn", { number }) });
    chosen?.();
  };
  return (
    <section class="open-applications" aria-labelledby={titleId}>
      <h3 id={titleId} class="open-title">
        {t("open.title")}
      </h3>
      <ul>
        {lines.map((line) => (
          <li key={line.application_no}>
            <button type="button" class="open-application" onClick={() => goOn(line.application_no)}>
              <span>{line.label}</span>
              <StateBadge tone={applicationTone(line.state)}>{line.state_title}</StateBadge>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
