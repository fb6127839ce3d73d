// The link that an agent has sent to a caller's phone: behind its # stands what opens the conversation of the call.
import type { ApiClient } from "../../shared/api";
import type { Session } from "./session";

const MARK = "#link=";

interface Opened {
  conversation_id: string;
  token: string;
  expires_at: string;
}

/** What stands behind the #, or null. */
export function linkOf(hash: string): string | null {
  return hash.startsWith(MARK) ? decodeURIComponent(hash.slice(MARK.length)) : null;
}

/** The conversation that the link opens; null when it does not open any more, and the page begins as always. */
export async function openLink(api: ApiClient, link: string): Promise<Session | null> {
  try {
    const { conversation_id, token, expires_at } = await api.post<Opened>("/v1/conversation/entry", { body: { link } });
    return { conversation_id, token, expires_at, seen: 0 };
  } catch {
    return null;
  }
}
