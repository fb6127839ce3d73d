// A signed short link (#w=… of the address, or #link=…), exchanged for the conversation that it opens.
import { parseSession, type Session } from "../model/session";

export interface Link {
  /** Where it is exchanged. */
  route: string;
  secret: string;
}

/** By what stands before the secret: from a WeChat chat, or from an agent on the telephone. */
const ROUTES: Readonly<Record<string, string>> = { w: "/v1/wechat/session", link: "/v1/conversation/entry" };

/** Takes the link out of the address at once, so that it is neither bookmarked nor shared by accident. */
export function takeLink(location: Location, history: History): Link | null {
  const words = new URLSearchParams(location.hash.slice(1));
  for (const [name, route] of Object.entries(ROUTES)) {
    const secret = words.get(name);
    if (!secret) continue;
    history.replaceState(null, "", location.pathname + location.search);
    return { route, secret };
  }
  return null;
}

/** Null when the link is over or the service is away: the page then goes on with what it had. */
export async function openLink(link: Link): Promise<Session | null> {
  try {
    const response = await fetch(link.route, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ link: link.secret }),
    });
    return response.ok ? parseSession(await response.text()) : null;
  } catch {
    return null;
  }
}
