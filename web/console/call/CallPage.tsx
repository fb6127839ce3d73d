// Call mode: what is said on the telephone, what to say next, and the application that fills along.
import { useState } from "preact/hooks";
import { announce } from "../../shared/staff/ui/announce";
import { EmptyState } from "../../shared/staff/ui/EmptyState";
import { sentenceFor } from "../../shared/staff/ui/sentence";
import { calls } from "../api";
import { Beside } from "../beside/Beside";
import { CloseSheet } from "../conversation/CloseSheet";
import { SuggestionPanel } from "../conversation/SuggestionPanel";
import { Transcript } from "../conversation/Transcript";
import { useTalk } from "../conversation/useTalk";
import { StatusMark } from "../inbox/StatusMark";
import { draftFor } from "../state/draft";
import { named, t } from "../text";
import { CallEntry } from "./CallEntry";
import { UploadLink } from "./UploadLink";
import { type Utterances, useCall } from "./useCall";
import "../conversation/conversation.css";
import "./call.css";

export function CallPage({ callId }: { callId: string }) {
  const { conversationId, problem, utterances } = useCall(callId);
  if (conversationId === null) {
    return (
      <main id="content" tabIndex={-1}>
        <EmptyState text={problem ?? t("callStarting")} />
      </main>
    );
  }
  return <CallRoom key={conversationId} callId={callId} conversationId={conversationId} utterances={utterances} />;
}

interface Props {
  callId: string;
  conversationId: string;
  utterances: Utterances;
}

function CallRoom({ callId, conversationId, utterances }: Props) {
  const talk = useTalk(conversationId);
  const draft = draftFor(conversationId);
  const [ending, setEnding] = useState(false);
  const detail = talk.detail.value;
  if (detail === null) {
    return (
      <main id="content" tabIndex={-1}>
        <EmptyState text={talk.problem.value ?? t("loading")} />
      </main>
    );
  }
  const serves = detail.allowed_actions.includes("serve");

  async function hangUp() {
    try {
      await calls.end(callId);
    } catch (why) {
      announce(sentenceFor(why));
    }
    setEnding(true);
  }
  return (
    <div class="workbench workbench-call">
      <main class="conversation call" id="content" tabIndex={-1}>
        <header class="conversation-head">
          <div class="conversation-who">
            <h1>{detail.row.merchant?.name ?? t("unknownCaller")}</h1>
            <span class="channel channel-phone">{named("channel", "phone")}</span>
            <StatusMark row={detail.row} />
          </div>
          {serves && (
            <div class="conversation-do">
              <UploadLink talk={talk} identified={detail.identity !== null} />
              <button type="button" class="button button-small button-danger-plain" onClick={() => void hangUp()}>
                {t("endCall")}
              </button>
            </div>
          )}
        </header>
        <Transcript talk={talk} draft={draft} />
        <SuggestionPanel talk={talk} draft={serves ? draft : null} />
        {serves && <CallEntry talk={talk} draft={draft} utterances={utterances} />}
      </main>
      <Beside talk={talk} detail={detail} draft={null} />
      {ending && <CloseSheet talk={talk} byPhone close={() => setEnding(false)} />}
    </div>
  );
}
