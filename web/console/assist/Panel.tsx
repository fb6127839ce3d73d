// The panel in the frame: signing in where that is needed, then what is suggested for the conversation that is followed.
import { useSignalEffect } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { staff } from "../../shared/staff/api";
import { sessionState, signedInAs, signedOut } from "../../shared/staff/session";
import { SignIn } from "../../shared/staff/signin/SignIn";
import { EmptyState } from "../../shared/staff/ui/EmptyState";
import { Notice } from "../../shared/staff/ui/Notice";
import { conversations, suggestions as records } from "../api";
import { SuggestionList } from "../conversation/SuggestionList";
import { useTalk } from "../conversation/useTalk";
import { followInbox } from "../state/inbox";
import { t } from "../text";
import type { DraftWarning, Suggestion } from "../types";
import { drafted, followed, tell } from "./parent";

export function Panel() {
  useEffect(() => {
    staff.current().then(signedInAs, signedOut);
  }, []);
  const state = sessionState.value;
  if (state.kind === "unknown") return <p class="soft">{t("loading")}</p>;
  if (state.kind !== "signed_in") return <SignIn title={t("signInTitle")} />;
  const id = followed.value;
  return id === null ? <EmptyState text={t("followNothing")} /> : <Followed key={id} id={id} />;
}

function Followed({ id }: { id: string }) {
  const talk = useTalk(id);
  useEffect(followInbox, []);
  const made = talk.suggestions.value;
  const withdrawn = talk.withdrawn.value;

  function take(outcome: "inserted" | "dismissed", suggestion: Suggestion) {
    if (withdrawn) return;
    const { id: suggestionId, kind, title, text } = suggestion;
    if (outcome === "dismissed") talk.dropSuggestion(suggestionId);
    tell({ type: outcome, detail: { conversationId: id, suggestionId, kind, title, text } });
    void records.tell(suggestionId, outcome).catch(() => undefined);
  }
  const problem = talk.problem.value;
  return (
    <main>
      <h1 class="visually-hidden">{t("suggestions")}</h1>
      {problem && <Notice tone="danger" text={problem} />}
      {made && (
        <SuggestionList
          made={made}
          withdrawn={withdrawn}
          insert={(suggestion) => take("inserted", suggestion)}
          dismiss={(suggestion) => take("dismissed", suggestion)}
        />
      )}
      <Warnings conversationId={id} />
    </main>
  );
}

/** What is wrong with the draft of the other system. */
function Warnings({ conversationId }: { conversationId: string }) {
  const [warnings, setWarnings] = useState<readonly DraftWarning[]>([]);
  useSignalEffect(() => {
    const text = drafted.value;
    const running = new AbortController();
    if (text.trim() === "") setWarnings([]);
    else {
      conversations.checkDraft(conversationId, text, running.signal).then(
        (found) => {
          setWarnings(found);
          tell({ type: "warnings", detail: { text, warnings: found } });
        },
        () => undefined,
      );
    }
    return () => running.abort();
  });
  return warnings.map((warning) => <Notice key={`${warning.code} ${warning.from}`} tone="warn" text={warning.text} />);
}
