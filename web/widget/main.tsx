// Starts the app: in a frame when the address names the host page's origin, otherwise as a page of its own.
import { render } from "preact";
import "../shared/tokens.css";
import "../shared/base.css";
import { browserStorage } from "../shared/model/storage";
import { App } from "./App";
import { FrameHost } from "./host/frame-host";
import { takeLink } from "./host/link";
import { PageHost } from "./host/page-host";
import { createServices } from "./services";
import { speak, t } from "./text";
import { applyAccent } from "./theme";

async function main(root: HTMLElement): Promise<void> {
  const query = new URLSearchParams(window.location.search);
  const origin = query.get("origin");
  const framed = origin !== null && window.parent !== window;
  const host = framed ? new FrameHost(origin) : new PageHost(browserStorage(), query, takeLink(location, history));
  const services = createServices(host);
  const { identityToken, open, options } = await host.start();
  speak(options.locale);
  if (options.accent) applyAccent(options.accent);
  const title = options.title ?? t("app.title");
  document.title = title;
  render(<App services={services} title={title} open={open} />, root);
  await services.conversation.start(identityToken);
}

const root = document.getElementById("app");
if (root) void main(root);
