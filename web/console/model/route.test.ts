import { expect, test } from "vitest";
import { callHash, conversationHash, inboxHash, loadHash, parseRoute } from "./route";

test("an address leads back to where it was made", () => {
  expect(parseRoute(inboxHash("mine", "春风"))).toEqual({ page: "inbox", box: "mine", q: "春风" });
  expect(parseRoute(conversationHash("c/1", "waiting"))).toEqual({
    page: "conversation",
    id: "c/1",
    box: "waiting",
    q: "",
  });
  expect(parseRoute(callHash("k 1"))).toEqual({ page: "call", callId: "k 1" });
  expect(parseRoute(loadHash("2026-11-01", "2026-11-07"))).toEqual({
    page: "load",
    from: "2026-11-01",
    to: "2026-11-07",
  });
});

test("an address that nobody made opens the queue", () => {
  expect(parseRoute("#/nowhere?box=attic")).toEqual({ page: "inbox", box: "waiting", q: "" });
});
