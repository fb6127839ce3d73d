// Addresses of the console: everything after `#`, so that a reload and the back button keep box, search and place.
import type { Box } from "../types";

export const BOXES: readonly Box[] = ["waiting", "mine", "bot", "colleagues", "closed"];

/** The letter that follows `g` to look into a box or to go to a page. */
export const LETTERS: Readonly<Record<Box | "load" | "replies", string>> = {
  waiting: "w",
  mine: "m",
  bot: "b",
  colleagues: "o",
  closed: "e",
  load: "l",
  replies: "r",
};

export type Route =
  | { page: "inbox"; box: Box; q: string }
  | { page: "conversation"; id: string; box: Box; q: string }
  | { page: "call"; callId: string }
  | { page: "load"; from: string; to: string }
  | { page: "replies" };

const CONVERSATION = /^\/conversations\/([^/]+)$/;
const CALL = /^\/calls\/([^/]+)$/;

export function parseRoute(hash: string): Route {
  const [path = "", search] = hash.replace(/^#/, "").split("?", 2);
  const asked = new URLSearchParams(search);
  const box = BOXES.find((each) => each === asked.get("box")) ?? "waiting";
  const q = asked.get("q") ?? "";
  const conversation = CONVERSATION.exec(path)?.[1];
  if (conversation) return { page: "conversation", id: decodeURIComponent(conversation), box, q };
  const call = CALL.exec(path)?.[1];
  if (call) return { page: "call", callId: decodeURIComponent(call) };
  if (path === "/load") return { page: "load", from: asked.get("from") ?? "", to: asked.get("to") ?? "" };
  if (path === "/replies") return { page: "replies" };
  return { page: "inbox", box, q };
}

export function inboxHash(box: Box, q = ""): string {
  return `#/?${search(box, q)}`;
}

export function conversationHash(id: string, box: Box, q = ""): string {
  return `#/conversations/${encodeURIComponent(id)}?${search(box, q)}`;
}

export function callHash(callId: string): string {
  return `#/calls/${encodeURIComponent(callId)}`;
}

export function loadHash(from: string, to: string): string {
  return `#/load?${new URLSearchParams({ from, to })}`;
}

function search(box: Box, q: string): URLSearchParams {
  return new URLSearchParams(q === "" ? { box } : { box, q });
}
