// Sends a change of a payout; when somebody else was faster, the list is read again and the sentence says so.
import { useRef } from "preact/hooks";
import { Problem } from "../../../shared/api";
import { r } from "../text";
import { type Sending, useSend } from "../useSend";

const CONFLICT = 412;

export function usePayoutSend(changed: () => void): Sending {
  const sending = useSend();
  const stale = useRef(false);

  async function send<T>(meaning: unknown, run: (key: string) => Promise<T>): Promise<{ answer: T } | null> {
    stale.current = false;
    const sent = await sending.send(meaning, (key) => run(key).catch(noticeConflict));
    if (stale.current) sending.refuse(r("payoutConflict"));
    if (sent || stale.current) changed();
    return sent;
  }

  function noticeConflict(why: unknown): never {
    stale.current = why instanceof Problem && why.status === CONFLICT;
    throw why;
  }
  return { ...sending, send };
}
