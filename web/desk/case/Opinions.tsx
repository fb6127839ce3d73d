// Second opinions: what colleagues were asked, what they said, and asking or answering.
import { useState } from "preact/hooks";
import { formatDayTime } from "../../shared/format";
import { Key } from "../../shared/staff/ui/Key";
import { Section } from "../../shared/staff/ui/Section";
import { useShortcuts } from "../../shared/staff/ui/shortcuts";
import { locale, named, t } from "../text";
import type { CaseDetail, Opinion } from "../types";
import { AnswerOpinionSheet } from "./AnswerOpinionSheet";
import { AskOpinionSheet } from "./AskOpinionSheet";
import type { Case } from "./useCase";

export function Opinions({ current, detail }: { current: Case; detail: CaseDetail }) {
  const [asking, setAsking] = useState(false);
  const [answering, setAnswering] = useState<Opinion | null>(null);
  const mayAsk = detail.allowed_actions.includes("ask_opinion");
  const mayAnswer = detail.allowed_actions.includes("answer_opinion");
  const mine = detail.opinions.find((opinion) => opinion.mine && opinion.answered_at === null);
  useShortcuts({
    o: () => mayAsk && setAsking(true),
    y: () => mayAnswer && mine && setAnswering(mine),
  });
  if (!mayAsk && detail.opinions.length === 0) return null;
  return (
    <Section title={t("opinions")}>
      <ul class="notes">
        {detail.opinions.map((opinion) => (
          <li key={opinion.id} class={opinion.answered_at === null ? "said said-open" : "said"}>
            <OpinionText opinion={opinion} />
            {mayAnswer && opinion === mine && (
              <button
                type="button"
                class="button button-small"
                aria-keyshortcuts="y"
                onClick={() => setAnswering(opinion)}
              >
                {t("opinionAnswer")}
                <Key name="Y" />
              </button>
            )}
          </li>
        ))}
      </ul>
      {mayAsk && (
        <button type="button" class="quiet-button" aria-keyshortcuts="o" onClick={() => setAsking(true)}>
          {t("opinionAsk")}
          <Key name="O" />
        </button>
      )}
      {asking && <AskOpinionSheet current={current} close={() => setAsking(false)} />}
      {answering && <AnswerOpinionSheet current={current} opinion={answering} close={() => setAnswering(null)} />}
    </Section>
  );
}

function OpinionText({ opinion }: { opinion: Opinion }) {
  const { asked_by, asked, question, asked_at, advice, text, answered_at } = opinion;
  return (
    <>
      <p>{question}</p>
      <p class="timeline-when">
        {t("opinionAsked", { by: asked_by, whom: asked })} · {formatDayTime(asked_at, locale)}
      </p>
      {answered_at === null ? (
        <p class="opinion-open">{t("opinionOpen", { whom: asked })}</p>
      ) : (
        <div class="opinion-answer">
          <p>
            {advice && <strong>{named("advice", advice)} </strong>}
            {text}
          </p>
          <p class="timeline-when">
            {asked} · {formatDayTime(answered_at, locale)}
          </p>
        </div>
      )}
    </>
  );
}
