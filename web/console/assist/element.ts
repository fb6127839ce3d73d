// <pos-assist>: the panel of suggestions on a page of another system. The panel itself runs in a frame of the service's
// origin, so that the page's scripts see no merchant's data but what the agent inserts.
import { envelope, opened } from "../../shared/embed";
import type { ToElement, ToPanel } from "./words";

const NAME = "pos-assist";
const EVENTS = {
  inserted: "pos-suggestion-inserted",
  dismissed: "pos-suggestion-dismissed",
  warnings: "pos-draft-warnings",
} as const;
const LEAST_HEIGHT = 160;

/** Where this script came from is where the service is. */
const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : location.href;
const service = new URL("/", script).origin;

class PosAssist extends HTMLElement {
  static readonly observedAttributes = ["conversation"];
  private frame: HTMLIFrameElement | null = null;
  private ready = false;
  private draft = "";
  private readonly receive = (event: MessageEvent) => this.heard(event);

  connectedCallback(): void {
    const frame = document.createElement("iframe");
    frame.src = `${service}/console/assist/`;
    frame.title = document.documentElement.lang.startsWith("en") ? "Suggestions" : "坐席建议";
    frame.style.cssText = `display:block;width:100%;height:${LEAST_HEIGHT}px;border:0`;
    this.frame = frame;
    window.addEventListener("message", this.receive);
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    shadow.replaceChildren(frame);
  }

  disconnectedCallback(): void {
    window.removeEventListener("message", this.receive);
    this.frame = null;
    this.ready = false;
  }

  attributeChangedCallback(): void {
    if (this.ready) this.tell({ type: "follow", conversationId: this.getAttribute("conversation") });
  }

  /** Shows what is suggested for this conversation; null shows nothing. */
  follow(conversationId: string | null): void {
    if (conversationId === null) this.removeAttribute("conversation");
    else this.setAttribute("conversation", conversationId);
  }

  /** Looks at what the agent is writing in the other system; what is wrong comes as `pos-draft-warnings`. */
  check(text: string): void {
    this.draft = text;
    if (this.ready) this.tell({ type: "check", text });
  }

  private tell(body: ToPanel): void {
    this.frame?.contentWindow?.postMessage(envelope(body), service);
  }

  private heard(event: MessageEvent): void {
    if (event.origin !== service || event.source !== this.frame?.contentWindow) return;
    const message = opened<ToElement>(event.data);
    if (!message) return;
    if (message.type === "ready") this.begin();
    else if (message.type === "height") this.grow(message.height);
    else {
      const init = { detail: message.detail, bubbles: true, composed: true };
      this.dispatchEvent(new CustomEvent(EVENTS[message.type], init));
    }
  }

  private begin(): void {
    this.ready = true;
    this.tell({ type: "follow", conversationId: this.getAttribute("conversation") });
    if (this.draft) this.tell({ type: "check", text: this.draft });
  }

  private grow(height: number): void {
    if (this.frame) this.frame.style.height = `${Math.max(LEAST_HEIGHT, Math.ceil(height))}px`;
  }
}

if (!customElements.get(NAME)) customElements.define(NAME, PosAssist);
