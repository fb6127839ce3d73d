// An application in short: its steps and deadline, the question that is next, the checklist, and what happened.
import { StepStrip } from "../../shared/components/StepStrip";
import { formatDayTime } from "../../shared/format";
import { Notice } from "../../shared/staff/ui/Notice";
import type { Draft } from "../state/draft";
import type { Talk } from "../state/talk";
import { locale, t } from "../text";
import type { Detail } from "../types";
import { Checklist } from "./Checklist";
import { FillIn } from "./FillIn";
import { useApplication } from "./useApplication";

interface Props {
  talk: Talk;
  detail: Detail;
  number: string;
  serves: boolean;
  draft: Draft | null;
}

export function ApplicationPanel({ talk, detail, number, serves, draft }: Props) {
  const opened = useApplication(talk, number, serves);
  const { application, problem } = opened;
  if (application === null)
    return problem ? <Notice tone="danger" text={problem} /> : <p class="soft">{t("loading")}</p>;
  return (
    <div class="application">
      <p class="code">{application.application_no}</p>
      <StepStrip
        steps={application.steps}
        label={t("steps")}
        stateNames={{
          done: t("step_done"),
          current: t("step_current"),
          todo: t("step_todo"),
          failed: t("step_failed"),
        }}
      />
      {application.hint && <p>{application.hint}</p>}
      {application.deadline && <p class="soft">{application.deadline.title}</p>}
      {problem && <Notice tone="warn" text={problem} />}
      {application.state === "draft" && serves && <FillIn talk={talk} opened={opened} application={application} />}
      {application.documents.length > 0 && (
        <Checklist
          talk={talk}
          detail={detail}
          opened={opened}
          application={application}
          serves={serves}
          draft={draft}
        />
      )}
      <details class="timeline">
        <summary>{t("timeline")}</summary>
        <ol class="lines">
          {[...application.timeline].reverse().map((entry, index) => (
            <li key={application.timeline.length - index}>
              <span>{entry.title}</span>
              {entry.detail && <span class="soft">{entry.detail}</span>}
              <time class="soft" dateTime={entry.at}>
                {formatDayTime(entry.at, locale)}
              </time>
            </li>
          ))}
        </ol>
      </details>
    </div>
  );
}
