// What the merchant has under way, each to be opened; and a new application on their behalf.
import { useEffect, useId, useState } from "preact/hooks";
import { StateBadge } from "../../shared/components/StateBadge";
import { Icon } from "../../shared/staff/ui/Icon";
import { Notice } from "../../shared/staff/ui/Notice";
import { Section } from "../../shared/staff/ui/Section";
import { applicationTone } from "../../shared/tones";
import { forMerchant, procedures } from "../api";
import { useChange } from "../conversation/useChange";
import type { Draft } from "../state/draft";
import type { Talk } from "../state/talk";
import { t } from "../text";
import type { Detail, ProcedureLine } from "../types";
import { ApplicationPanel } from "./ApplicationPanel";

interface Props {
  talk: Talk;
  detail: Detail;
  draft: Draft | null;
}

export function Applications({ talk, detail, draft }: Props) {
  const { applications } = detail;
  const [open, setOpen] = useState<string | null>(applications[0]?.application_no ?? null);
  const serves = detail.allowed_actions.includes("serve");
  return (
    <Section title={t("applications")}>
      {applications.length === 0 && <p class="soft">{t("noApplications")}</p>}
      <ul class="applications">
        {applications.map((line) => (
          <li key={line.application_no}>
            <button
              type="button"
              class="application-line"
              aria-expanded={open === line.application_no}
              onClick={() => setOpen(open === line.application_no ? null : line.application_no)}
            >
              <Icon name="forward" />
              <span>{line.label}</span>
              <StateBadge tone={applicationTone(line.state)}>{line.state_title}</StateBadge>
            </button>
            {open === line.application_no && !serves && line.state === "draft" && (
              <p class="soft">{t("draftHidden")}</p>
            )}
            {open === line.application_no && (serves || line.state !== "draft") && (
              <ApplicationPanel
                talk={talk}
                number={line.application_no}
                serves={serves}
                draft={draft}
                detail={detail}
              />
            )}
          </li>
        ))}
      </ul>
      {serves && <StartApplication talk={talk} started={setOpen} />}
    </Section>
  );
}

function StartApplication({ talk, started }: { talk: Talk; started: (number: string) => void }) {
  const id = useId();
  const [known, setKnown] = useState<readonly ProcedureLine[]>([]);
  const [code, setCode] = useState("");
  const change = useChange();
  useEffect(() => {
    procedures.all().then(setKnown, () => undefined);
  }, []);

  function start() {
    if (code === "") return change.complain(t("procedureMissing"));
    void change.run(async () => {
      const application = await forMerchant(talk.id).start(code);
      await talk.readDetail();
      started(application.application_no);
      setCode("");
    });
  }
  return (
    <div class="start-application">
      <label class="visually-hidden" for={id}>
        {t("newApplication")}
      </label>
      <select id={id} class="input" value={code} onChange={(event) => setCode(event.currentTarget.value)}>
        <option value="">{t("newApplication")}</option>
        {known.map((one) => (
          <option key={one.code} value={one.code}>
            {one.title}
          </option>
        ))}
      </select>
      <button type="button" class="button button-small" aria-disabled={change.busy} onClick={start}>
        {t("start")}
      </button>
      {change.problem && <Notice tone="danger" text={change.problem} />}
    </div>
  );
}
