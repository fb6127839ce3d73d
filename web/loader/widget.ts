// The widget on a host page: a launcher and, from the first opening on, a frame with the app.
import { envelope, opened, type ToApp, type ToHost } from "../shared/embed";
import type { LoaderConfig } from "./config";
import { SessionStore } from "./session-store";
import { LOCKED_PAGE, STYLES } from "./styles";
import { wordsFor } from "./words";

export type Listener = (name: string, detail: Record<string, unknown>) => void;

const CHAT = "M4 5.5h16a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-7.5L8 20v-3.5H4a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1Z";
const DOWN = "m6 9 6 6 6-6";
const SVG = "http://www.w3.org/2000/svg";

export class Widget {
  private readonly store = new SessionStore();
  private readonly listeners: Listener[] = [];
  private readonly root = document.createElement("div");
  private readonly launcher = document.createElement("button");
  private readonly drawing = document.createElementNS(SVG, "path");
  private readonly badge = document.createElement("span");
  private readonly pageLock = sheet(LOCKED_PAGE);
  private readonly title: string;
  private frame: HTMLIFrameElement | null = null;
  private identityToken: string | null;
  private isOpen = false;
  private started = false;

  constructor(private readonly config: LoaderConfig) {
    this.identityToken = config.identityToken;
    this.title = config.options.title ?? "商户服务助手";
    this.draw();
    window.addEventListener("message", (event) => this.receive(event));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.isOpen) this.close();
    });
  }

  open(): void {
    if (!this.frame) this.createFrame();
    this.show(true);
    this.frame?.focus();
  }

  close(): void {
    if (!this.isOpen) return;
    this.show(false);
    this.launcher.focus({ preventScroll: true });
  }

  identify(token: string): void {
    this.identityToken = token;
    this.post({ type: "identity", token });
  }

  /** Ends this browser's conversation: what was said is not shown to whoever logs in next. */
  logout(): void {
    this.identityToken = null;
    this.showUnread(0);
    if (this.frame) this.post({ type: "logout" });
    else this.store.keepSession(null);
  }

  on(listener: Listener): void {
    this.listeners.push(listener);
  }

  private draw(): void {
    const host = document.createElement("div");
    host.id = "pos-assistant";
    const shadow = host.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [sheet(STYLES)];
    this.root.className = this.config.side;
    this.launcher.type = "button";
    this.launcher.className = "launcher";
    this.badge.className = "badge";
    this.badge.setAttribute("aria-hidden", "true");
    this.launcher.append(iconOf(this.drawing), this.badge);
    this.launcher.addEventListener("click", () => (this.isOpen ? this.close() : this.open()));
    const { accent } = this.config.options;
    if (accent && /^#[0-9a-f]{6}$/i.test(accent)) this.root.style.setProperty("--pos-assistant-accent", accent);
    this.root.append(this.launcher);
    shadow.append(this.root);
    document.body.append(host);
    this.showUnread(this.store.unread());
  }

  private createFrame(): void {
    const frame = document.createElement("iframe");
    frame.className = "frame";
    frame.title = this.title;
    frame.allow = "camera";
    frame.src = `${this.config.service}/widget/?origin=${encodeURIComponent(window.location.origin)}`;
    this.frame = frame;
    this.root.append(frame);
  }

  private show(open: boolean): void {
    this.isOpen = open;
    this.root.classList.toggle("open", open);
    if (this.frame) this.frame.hidden = !open;
    const others = document.adoptedStyleSheets.filter((other) => other !== this.pageLock);
    document.adoptedStyleSheets = open ? [...others, this.pageLock] : others;
    if (open) this.showUnread(0);
    else this.describe(this.store.unread());
    this.launcher.setAttribute("aria-expanded", String(open));
    this.post({ type: "visibility", open });
    this.emit(open ? "open" : "close", {});
  }

  private showUnread(count: number): void {
    this.store.keepUnread(count);
    this.badge.hidden = count === 0;
    this.badge.textContent = count > 99 ? "99+" : String(count);
    this.describe(count);
  }

  private describe(unread: number): void {
    const words = wordsFor(this.config.options.locale);
    this.drawing.setAttribute("d", this.isOpen ? DOWN : CHAT);
    const action = this.isOpen ? words.close : words.open;
    this.launcher.setAttribute("aria-label", `${this.title}：${action}${unread > 0 ? words.unread(unread) : ""}`);
  }

  /** Before the app has said that it is ready, the frame is still an empty page of our own origin. */
  private post(message: ToApp): void {
    if (this.started) this.frame?.contentWindow?.postMessage(envelope(message), this.config.service);
  }

  private receive(event: MessageEvent): void {
    if (!this.frame || event.source !== this.frame.contentWindow || event.origin !== this.config.service) return;
    const message = opened<ToHost>(event.data);
    if (message) this.handle(message);
  }

  private handle(message: ToHost): void {
    if (message.type === "ready") this.start();
    else if (message.type === "load-session") this.post({ type: "session", session: this.store.session() });
    else if (message.type === "save-session") this.store.keepSession(message.session);
    else if (message.type === "keep") this.store.keep(message.key, message.value);
    else if (message.type === "close") this.close();
    else if (message.type === "event") this.emit(message.name, message.detail);
    else if (message.type === "unread") {
      this.showUnread(this.isOpen ? 0 : message.count);
      this.emit("unread", { count: message.count });
    }
  }

  private start(): void {
    const { identityToken, isOpen: open, config } = this;
    this.started = true;
    this.post({ type: "start", identityToken, open, options: config.options, kept: this.store.kept() });
    this.emit("ready", {});
  }

  private emit(name: string, detail: Record<string, unknown>): void {
    for (const listener of this.listeners) listener(name, detail);
  }
}

function sheet(css: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
}

function iconOf(drawing: SVGPathElement): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.append(drawing);
  return svg;
}
