// The one script on a host page. Runs once, however often the tag stands there, and as soon as there is a body.
import { readConfig } from "./config";
import { publish } from "./queue";
import { Widget } from "./widget";

const script = document.currentScript;

function start(tag: HTMLScriptElement): void {
  if (document.getElementById("pos-assistant")) return;
  publish(new Widget(readConfig(tag)));
}

if (script instanceof HTMLScriptElement) {
  if (document.body) start(script);
  else document.addEventListener("DOMContentLoaded", () => start(script));
}
