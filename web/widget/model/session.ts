// The conversation that a browser continues: its token and how far the merchant has read; pure.

export interface Session {
  token: string;
  conversation_id: string;
  expires_at: string;
  /** Highest seq that the merchant has had in view. */
  seen: number;
}

export function parseSession(text: string | null, now: Date = new Date()): Session | null {
  if (!text) return null;
  try {
    const value = JSON.parse(text) as Partial<Session>;
    if (!value.token || !value.conversation_id || !value.expires_at) return null;
    if (new Date(value.expires_at) <= now) return null;
    return {
      token: value.token,
      conversation_id: value.conversation_id,
      expires_at: value.expires_at,
      seen: value.seen ?? 0,
    };
  } catch {
    return null;
  }
}

/** Whom a host page's identity token speaks of; read without checking, which is the service's work. */
export function subjectOf(token: string | null): string | null {
  const body = token?.split(".")[1];
  if (!body) return null;
  try {
    const claims = JSON.parse(atob(body.replace(/-/g, "+").replace(/_/g, "/"))) as { sub?: unknown };
    return typeof claims.sub === "string" ? claims.sub : null;
  } catch {
    return null;
  }
}
