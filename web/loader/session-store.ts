// The conversation's session, what waits to be sent, and the last unread count, kept in the host page's own storage;
// where that is blocked they live as long as the page.
import { KEPT_PREFIX } from "../shared/embed";

const SESSION = "pos-assistant.session";
const UNREAD = "pos-assistant.unread";

export class SessionStore {
  private readonly memory: Record<string, string | undefined> = {};

  session(): string | null {
    return this.read(SESSION);
  }

  keepSession(session: string | null): void {
    this.write(SESSION, session);
  }

  unread(): number {
    return Number.parseInt(this.read(UNREAD) ?? "0", 10) || 0;
  }

  keepUnread(count: number): void {
    this.write(UNREAD, count > 0 ? String(count) : null);
  }

  /** What the app has given us to keep. */
  kept(): Record<string, string> {
    return Object.fromEntries(this.keys().map((key) => [key, this.read(key) ?? ""]));
  }

  keep(key: string, value: string | null): void {
    if (key.startsWith(KEPT_PREFIX)) this.write(key, value);
  }

  private keys(): string[] {
    try {
      return Object.keys(window.localStorage).filter((key) => key.startsWith(KEPT_PREFIX));
    } catch {
      return Object.keys(this.memory).filter((key) => key.startsWith(KEPT_PREFIX) && this.memory[key]);
    }
  }

  private read(key: string): string | null {
    try {
      return window.localStorage.getItem(key);
    } catch {
      return this.memory[key] ?? null;
    }
  }

  private write(key: string, value: string | null): void {
    this.memory[key] = value ?? undefined;
    try {
      if (value === null) window.localStorage.removeItem(key);
      else window.localStorage.setItem(key, value);
    } catch {
      // Blocked storage: memory has it.
    }
  }
}
