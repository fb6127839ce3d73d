// What the loader on the host page and the app in the frame say to each other by postMessage.

export const CHANNEL = "pos-assistant";
/** What the loader keeps for the app has names that begin so. */
export const KEPT_PREFIX = "pos-assistant.outbox.";

/** What the host page sets on the script tag. */
export interface EmbedOptions {
  locale: string;
  title: string | null;
  accent: string | null;
}

export type ToApp =
  | { type: "start"; identityToken: string | null; open: boolean; options: EmbedOptions; kept: Record<string, string> }
  | { type: "session"; session: string | null }
  | { type: "visibility"; open: boolean }
  | { type: "identity"; token: string }
  | { type: "logout" };

export type ToHost =
  | { type: "ready" }
  | { type: "load-session" }
  | { type: "save-session"; session: string | null }
  | { type: "keep"; key: string; value: string | null }
  | { type: "unread"; count: number }
  | { type: "close" }
  | { type: "event"; name: string; detail: Record<string, unknown> };

export type Envelope<Body> = { channel: typeof CHANNEL } & Body;

export function envelope<Body extends object>(body: Body): Envelope<Body> {
  return { channel: CHANNEL, ...body };
}

/** The content of a message on our channel, or null when it is somebody else's. */
export function opened<Body extends { type: string }>(data: unknown): Body | null {
  if (typeof data !== "object" || data === null) return null;
  const { channel, type } = data as { channel?: unknown; type?: unknown };
  return channel === CHANNEL && typeof type === "string" ? (data as Body) : null;
}
