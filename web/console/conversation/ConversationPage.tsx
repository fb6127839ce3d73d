// One conversation: what was said and what to say next in the middle, who it is and what is going on beside it.
import { useEffect, useRef } from "preact/hooks";
import { EmptyState } from "../../shared/staff/ui/EmptyState";
import { Beside } from "../beside/Beside";
import { callHash } from "../model/route";
import { draftFor } from "../state/draft";
import { goTo, hashOfLastInbox } from "../state/route";
import { t } from "../text";
import { ConversationHead } from "./ConversationHead";
import { Editor } from "./Editor";
import { SuggestionPanel } from "./SuggestionPanel";
import { Transcript } from "./Transcript";
import { useTalk } from "./useTalk";
import "./conversation.css";

export function ConversationPage({ id }: { id: string }) {
  const talk = useTalk(id);
  const draft = draftFor(id);
  const main = useRef<HTMLElement>(null);
  const detail = talk.detail.value;
  const ready = detail !== null;
  useEffect(() => {
    if (ready) main.current?.focus({ preventScroll: true });
  }, [ready]);

  // A call that is mine is served in call mode.
  const callId = detail?.allowed_actions.includes("serve") ? detail.call_id : null;
  useEffect(() => {
    if (callId) goTo(callHash(callId), { replace: true });
  }, [callId]);

  if (detail === null) {
    const problem = talk.problem.value;
    return (
      <main class="conversation" id="content" tabIndex={-1}>
        <EmptyState
          text={problem ?? t("loading")}
          action={problem ? { title: t("retry"), run: () => void talk.open() } : undefined}
        />
      </main>
    );
  }
  const mayWrite = detail.allowed_actions.includes("send");
  return (
    <>
      <main class="conversation" id="content" tabIndex={-1} ref={main}>
        <a class="back-link" href={hashOfLastInbox()}>
          {t("backToInbox")}
        </a>
        <ConversationHead talk={talk} detail={detail} />
        <Transcript talk={talk} draft={draft} />
        <SuggestionPanel talk={talk} draft={mayWrite ? draft : null} />
        {mayWrite ? (
          <Editor talk={talk} draft={draft} />
        ) : (
          <p class="not-mine soft">{t(`closedBox_${closedFor(detail.row.status)}`)}</p>
        )}
      </main>
      <Beside talk={talk} detail={detail} draft={mayWrite ? draft : null} />
    </>
  );
}

function closedFor(status: string): "waiting" | "bot" | "agent" | "closed" {
  return status === "waiting" || status === "bot" || status === "agent" ? status : "closed";
}
