// Opens a conversation and leaves it again; what moves elsewhere about it is read again.
import { useSignalEffect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { moved } from "../state/inbox";
import { Talk } from "../state/talk";

export function useTalk(id: string): Talk {
  const talk = useMemo(() => new Talk(id), [id]);
  useEffect(() => {
    void talk.open();
    return () => talk.leave();
  }, [talk]);
  useSignalEffect(() => {
    const change = moved.value;
    const known = talk.detail.peek()?.row;
    if (change?.conversationId === talk.id && known && change.revision !== known.revision) void talk.readDetail();
  });
  return talk;
}
