import { expect, test } from "vitest";
import { Outbox } from "./outbox";
import { MemoryStorage, MirrorStorage } from "./storage";

const NOW = new Date("2026-11-22T08:00:00Z");
const item = (id: string, at = "2026-11-22T07:59:00Z") => ({ client_id: id, body: { text: id }, created_at: at });

test("what was not sent is there again after a reload, oldest first", () => {
  const storage = new MemoryStorage();
  const before = new Outbox<{ text: string }>(storage, "c1", NOW);
  before.add(item("second", "2026-11-22T07:59:30Z"));
  before.add(item("first", "2026-11-22T07:59:00Z"));
  before.mark("second", "waiting");
  const after = new Outbox<{ text: string }>(storage, "c1", NOW);
  expect(after.items.value.map((kept) => [kept.client_id, kept.state])).toEqual([
    ["first", "sending"],
    ["second", "sending"],
  ]);
});

test("what the service has is not kept, but shown until it stands in the transcript", () => {
  const storage = new MemoryStorage();
  const outbox = new Outbox<{ text: string }>(storage, "c1", NOW);
  outbox.add(item("a"));
  outbox.mark("a", "delivered");
  expect(storage.keys()).toEqual([]);
  expect(outbox.items.value).toHaveLength(1);
  expect(outbox.next()).toBeUndefined();
  outbox.forget(new Set(["a"]));
  expect(outbox.items.value).toEqual([]);
});

test("two tabs do not overwrite each other, and one conversation does not see another's messages", () => {
  const storage = new MemoryStorage();
  new Outbox<{ text: string }>(storage, "c1", NOW).add(item("tab one"));
  new Outbox<{ text: string }>(storage, "c1", NOW).add(item("tab two"));
  new Outbox<{ text: string }>(storage, "c2", NOW).add(item("elsewhere"));
  expect(new Outbox<{ text: string }>(storage, "c1", NOW).items.value.map((kept) => kept.client_id)).toEqual([
    "tab one",
    "tab two",
  ]);
});

test("what nobody came back for within a day is dropped, and broken entries are passed over", () => {
  const storage = new MemoryStorage();
  new Outbox<{ text: string }>(storage, "c1", NOW).add(item("old", "2026-11-20T08:00:00Z"));
  storage.set("pos-assistant.outbox.c1.broken", "{");
  expect(new Outbox<{ text: string }>(storage, "c1", NOW).items.value).toEqual([]);
  expect(storage.keys()).toEqual(["pos-assistant.outbox.c1.broken"]);
});

test("in a frame the host page keeps every change", () => {
  const kept: [string, string | null][] = [];
  const storage = new MirrorStorage((key, value) => kept.push([key, value]));
  const outbox = new Outbox<{ text: string }>(storage, "c1", NOW);
  outbox.add(item("a"));
  outbox.mark("a", "delivered");
  expect(kept.map(([key, value]) => [key, value === null])).toEqual([
    ["pos-assistant.outbox.c1.a", false],
    ["pos-assistant.outbox.c1.a", true],
  ]);
});
