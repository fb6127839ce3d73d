// A signed short link (#w=… of the address), exchanged for the conversation that it opens.
import { parseSession, type Session } from "../model/session";

/** Takes the link out of the address at once, so that it is neither bookmarked nor shared by accident. */
export function takeLink(location: Location, history: History): string | null {
  const link = new URLSearchParams(location.hash.slice(1)).get("w");
  if (link) history.replaceState(null, "", location.pathname + location.search);
  return link;
}

/** Null when the link is over or the service is away: the page then goes on with what it had. */
export async function openLink(link: string): Promise<Session | null> {
  try {
    const response = await fetch("/v1/wechat/session", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ link }),
    });
    return response.ok ? parseSession(await response.text()) : null;
  } catch {
    return null;
  }
}
