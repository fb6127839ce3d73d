// Ends a conversation: the summary as it was drafted and mended, what it ended with, and what follows.
import { useEffect, useId, useState } from "preact/hooks";
import { announce } from "../../shared/staff/ui/announce";
import { Sheet } from "../../shared/staff/ui/Sheet";
import { SheetForm } from "../../shared/staff/ui/SheetForm";
import { TextBox } from "../../shared/staff/ui/TextBox";
import { conversations } from "../api";
import { me } from "../state/me";
import { goTo, hashOfLastInbox } from "../state/route";
import type { Talk } from "../state/talk";
import { named, t } from "../text";
import type { Summary } from "../types";
import { NOTE_LIMIT } from "./limits";
import { useChange } from "./useChange";

const PARTS = ["request", "handling", "result", "todo"] as const;
const EMPTY: Summary = { request: "", handling: "", result: "", todo: "" };

interface Props {
  talk: Talk;
  close(): void;
  /** Whoever is on the telephone cannot press a number of stars. */
  byPhone?: boolean;
}

export function CloseSheet({ talk, close, byPhone = false }: Props) {
  const id = useId();
  const [summary, setSummary] = useState<Summary | null>(null);
  const [result, setResult] = useState("");
  const [followUp, setFollowUp] = useState("");
  const [askRating, setAskRating] = useState(!byPhone);
  const change = useChange();
  useEffect(() => {
    conversations.summary(talk.id).then(setSummary, () => setSummary(EMPTY));
  }, []);

  function submit() {
    if (summary === null) return;
    if (result === "") return change.complain(t("resultMissing"));
    if (summary.request.trim() === "") return change.complain(t("requestMissing"));
    const closing = { summary, result_code: result, follow_up_on: followUp || null, ask_rating: askRating };
    void change.run(async () => {
      talk.adopt(await conversations.close(talk.id, closing));
      close();
      announce(t("ended"));
      goTo(hashOfLastInbox());
    });
  }
  return (
    <Sheet title={t("endTitle")} onClose={close}>
      <SheetForm
        problem={change.problem}
        busy={change.busy}
        confirm={t("end")}
        tone="primary"
        submit={submit}
        close={close}
      >
        {summary === null ? (
          <p class="soft">{t("summaryDrafting")}</p>
        ) : (
          PARTS.map((part) => (
            <TextBox
              key={part}
              label={named("summary", part)}
              text={summary[part]}
              limit={NOTE_LIMIT}
              change={(words) => setSummary({ ...summary, [part]: words })}
            />
          ))
        )}
        <div class="field">
          <label for={`${id}-result`}>{t("result")}</label>
          <select
            id={`${id}-result`}
            class="input"
            value={result}
            onChange={(event) => setResult(event.currentTarget.value)}
          >
            <option value="">{t("choose")}</option>
            {me.value?.results.map(({ code, text }) => (
              <option key={code} value={code}>
                {text}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for={`${id}-date`}>{t("followUp")}</label>
          <input
            id={`${id}-date`}
            type="date"
            class="input"
            value={followUp}
            onChange={(event) => setFollowUp(event.currentTarget.value)}
          />
        </div>
        {!byPhone && (
          <label class="check">
            <input
              type="checkbox"
              checked={askRating}
              onChange={(event) => setAskRating(event.currentTarget.checked)}
            />
            {t("askRating")}
          </label>
        )}
      </SheetForm>
    </Sheet>
  );
}
