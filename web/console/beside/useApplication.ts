// One application of the merchant as it is now; read again whenever the service says that it moved.
import { useSignalEffect } from "@preact/signals";
import { useCallback, useEffect, useState } from "preact/hooks";
import { client, signedIn } from "../../shared/staff/client";
import { sentenceFor } from "../../shared/staff/ui/sentence";
import type { Application } from "../../shared/types";
import { forMerchant } from "../api";
import type { Talk } from "../state/talk";

export interface Opened {
  application: Application | null;
  problem: string | null;
  take(application: Application): void;
  reload(): Promise<void>;
}

/** Who serves the merchant reads as the merchant does; all others read as the desk does. */
export function useApplication(talk: Talk, number: string, serves: boolean): Opened {
  const [application, take] = useState<Application | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const reload = useCallback(async () => {
    try {
      take(serves ? await forMerchant(talk.id).application(number) : await atTheDesk(number));
      setProblem(null);
    } catch (why) {
      setProblem(sentenceFor(why));
    }
  }, [talk, number, serves]);
  useEffect(() => void reload(), [reload]);
  useSignalEffect(() => {
    if (talk.applicationsMoved.value > 0) void reload();
  });
  // What the lost network kept back comes with the network.
  const live = talk.live.value;
  useEffect(() => {
    if (live && problem !== null) void reload();
  }, [live]);
  return { application, problem, take, reload };
}

async function atTheDesk(number: string): Promise<Application> {
  const path = `/v1/review/applications/${encodeURIComponent(number)}`;
  return (await signedIn(client.get<{ application: Application }>(path))).application;
}
