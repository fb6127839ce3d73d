// The app as a page of its own (a link, a WeChat or app web view): it keeps its session itself.

import type { KeyValueStorage } from "../../shared/model/storage";
import { parseSession, type Session } from "../model/session";
import type { Host, Start } from "./host";
import { type Link, openLink } from "./link";

const SESSION_KEY = "pos-assistant.session";

export class PageHost implements Host {
  readonly embedded = false;

  constructor(
    readonly storage: KeyValueStorage,
    private readonly query: URLSearchParams,
    private link: Link | null = null,
  ) {}

  async start(): Promise<Start> {
    const options = { locale: this.query.get("locale") ?? "zh-CN", title: null, accent: null };
    return { identityToken: null, open: true, options };
  }

  /** A link from a chat opens that very conversation, whatever this browser had open before. */
  async loadSession(): Promise<Session | null> {
    const opened = this.link ? await openLink(this.link) : null;
    this.link = null;
    if (opened) this.saveSession(opened);
    return parseSession(this.storage.get(SESSION_KEY));
  }

  saveSession(session: Session | null): void {
    if (session) this.storage.set(SESSION_KEY, JSON.stringify(session));
    else this.storage.remove(SESSION_KEY);
  }

  unread(): void {}

  close(): void {}

  emit(): void {}

  listen(): void {}
}
