// A call on the telephone: its conversation, and the utterances that are typed or pasted, kept over a lost network.
import { useEffect, useMemo, useState } from "preact/hooks";
import { tabStorage } from "../../shared/model/session-storage";
import { Postman } from "../../shared/net/postman";
import { client, signedIn } from "../../shared/staff/client";
import { sentenceFor } from "../../shared/staff/ui/sentence";
import { callPath, calls } from "../api";
import type { Said } from "../model/pasted";

export type Utterances = Postman<Said>;

export interface Call {
  conversationId: string | null;
  problem: string | null;
  utterances: Utterances;
}

/** Starting the same call again leads to its conversation: so a reload comes back to it. */
export function useCall(callId: string): Call {
  const [conversationId, setConversationId] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const utterances = useMemo(
    () =>
      new Postman<Said>(tabStorage(), `call.${callId}`, (utterance_id, said) =>
        signedIn(client.post(`${callPath(callId)}/utterances`, { body: { utterance_id, ...said, final: true } })),
      ),
    [callId],
  );
  useEffect(() => {
    calls.start(callId).then(
      (started) => setConversationId(started.conversation_id),
      (why) => setProblem(sentenceFor(why)),
    );
    return () => utterances.stop();
  }, [callId]);
  return { conversationId, problem, utterances };
}
