// The app in a frame: the host page's loader keeps the session and what waits to be sent, because the storage of
// third-party frames is partitioned or blocked. Only the parent window, on the origin it named, is listened to.
import { envelope, opened, type ToApp, type ToHost } from "../../shared/embed";
import { MirrorStorage } from "../../shared/model/storage";
import { parseSession, type Session } from "../model/session";
import type { Host, HostListener, Start } from "./host";

export class FrameHost implements Host {
  readonly embedded = true;
  readonly storage = new MirrorStorage((key, value) => this.post({ type: "keep", key, value }));
  private listener: HostListener | null = null;
  private resolveStart: (start: Start) => void = () => undefined;
  private readonly started = new Promise<Start>((resolve) => {
    this.resolveStart = resolve;
  });
  private waitingForSession: ((session: string | null) => void)[] = [];

  constructor(
    private readonly origin: string,
    private readonly parent: Window = window.parent,
  ) {
    window.addEventListener("message", (event) => this.receive(event));
  }

  start(): Promise<Start> {
    this.post({ type: "ready" });
    return this.started;
  }

  async loadSession(): Promise<Session | null> {
    const text = await new Promise<string | null>((resolve) => {
      this.waitingForSession.push(resolve);
      this.post({ type: "load-session" });
    });
    return parseSession(text);
  }

  saveSession(session: Session | null): void {
    this.post({ type: "save-session", session: session ? JSON.stringify(session) : null });
  }

  unread(count: number): void {
    this.post({ type: "unread", count });
  }

  close(): void {
    this.post({ type: "close" });
  }

  emit(name: string, detail: Record<string, unknown> = {}): void {
    this.post({ type: "event", name, detail });
  }

  listen(listener: HostListener): void {
    this.listener = listener;
  }

  private post(body: ToHost): void {
    this.parent.postMessage(envelope(body), this.origin);
  }

  private receive(event: MessageEvent): void {
    if (event.source !== this.parent || event.origin !== this.origin) return;
    const message = opened<ToApp>(event.data);
    if (!message) return;
    if (message.type === "start") this.begin(message);
    else if (message.type === "session") this.handOver(message.session);
    else if (message.type === "visibility") this.listener?.visibility(message.open);
    else if (message.type === "identity") this.listener?.identity(message.token);
    else if (message.type === "logout") this.listener?.logout();
  }

  private begin(message: Extract<ToApp, { type: "start" }>): void {
    this.storage.fill(message.kept);
    this.resolveStart(message);
  }

  private handOver(session: string | null): void {
    for (const resolve of this.waitingForSession.splice(0)) resolve(session);
  }
}
