// Fills in an application while the merchant talks: what was answered, the question that is next, and at the end
// everything read back before it is filed.
import { useRef, useState } from "preact/hooks";
import { newId } from "../../shared/ids";
import { Intent } from "../../shared/intent";
import { announce } from "../../shared/staff/ui/announce";
import { Notice } from "../../shared/staff/ui/Notice";
import type { Answer, Application } from "../../shared/types";
import { forMerchant } from "../api";
import { type Change, useChange } from "../conversation/useChange";
import type { Talk } from "../state/talk";
import { t } from "../text";
import type { Question } from "../types";
import { QuestionForm } from "./QuestionForm";
import type { Opened } from "./useApplication";

interface Props {
  talk: Talk;
  opened: Opened;
  application: Application;
}

export function FillIn({ talk, opened, application }: Props) {
  const change = useChange();
  const number = application.application_no;
  const own = forMerchant(talk.id);
  const question = application.next_question as Question | null;
  const complete = question === null || question.kind === "confirm";

  /** The answer may belong to another procedure: then the list shows that one. */
  async function show(answered: Application) {
    opened.take(answered.application_no === number ? answered : application);
    if (answered.application_no !== number || answered.next_question?.kind === "identity") await talk.readDetail();
  }
  function answer(field: string, value: unknown) {
    void change.run(async () => show(await own.answer(number, field, value)));
  }
  function askAgain(field: string) {
    void change.run(async () => show(await own.askAgain(number, field)));
  }
  return (
    <div class="fill-in">
      {application.answers.length > 0 && (
        <Answers answers={application.answers} askAgain={askAgain} busy={change.busy} />
      )}
      {question?.kind === "identity" && <p class="soft">{t("verifyFirst")}</p>}
      {question && !complete && question.kind !== "identity" && (
        <QuestionForm
          key={`${number} ${question.field} ${application.version}`}
          question={question}
          busy={change.busy}
          answer={(value) => answer(question.field, value)}
        />
      )}
      {change.problem && <Notice tone="danger" text={change.problem} />}
      {complete && <ReadBack talk={talk} opened={opened} application={application} change={change} />}
    </div>
  );
}

interface AnswersProps {
  answers: readonly Answer[];
  busy: boolean;
  askAgain(field: string): void;
}

function Answers({ answers, busy, askAgain }: AnswersProps) {
  return (
    <dl class="answers">
      {answers.map((one) => (
        <div key={one.field}>
          <dt>{one.label}</dt>
          <dd>{one.display}</dd>
          <dd>
            <button type="button" class="quiet-button" aria-disabled={busy} onClick={() => askAgain(one.field)}>
              {t("change")}
              <span class="visually-hidden">{one.label}</span>
            </button>
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface ReadBackProps extends Props {
  change: Change;
}

/** Nothing is filed for somebody who has not heard what is filed. */
function ReadBack({ talk, opened, application, change }: ReadBackProps) {
  const [read, setRead] = useState(false);
  const intent = useRef(new Intent(newId));

  function file() {
    if (!read) return change.complain(t("readBackMissing"));
    void change.run(async () => {
      const { application_no, version } = application;
      const key = intent.current.keyFor({ application_no, version });
      opened.take(await forMerchant(talk.id).submit(application_no, version, key));
      intent.current.done();
      announce(t("filed", { number: application_no }));
      await talk.readDetail();
    });
  }
  return (
    <div class="read-back">
      <p>{t("readBackNote")}</p>
      <label class="check">
        <input type="checkbox" checked={read} onChange={(event) => setRead(event.currentTarget.checked)} />
        {t("readBack")}
      </label>
      <button type="button" class="button button-small button-primary" aria-disabled={change.busy} onClick={file}>
        {t("file")}
      </button>
    </div>
  );
}
