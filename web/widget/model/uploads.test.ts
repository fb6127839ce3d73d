import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { NetworkError, Problem } from "../../shared/api";
import type { BlobStore } from "./blob-store";
import { type SendUpload, type StoredUpload, Uploads } from "./uploads";

class MemoryStore implements BlobStore<StoredUpload> {
  readonly entries = new Map<string, StoredUpload>();
  all = async () => [...this.entries.values()];
  put = async (key: string, value: StoredUpload) => void this.entries.set(key, value);
  remove = async (key: string) => void this.entries.delete(key);
}

const upload = (id: string, conversation = "c1"): StoredUpload => ({
  id,
  conversation_id: conversation,
  application_no: "SQ1",
  document_key: "receipt",
  name: `${id}.jpg`,
  type: "image/jpeg",
  size: 3,
  blob: new Blob(["abc"]),
  created_at: `2026-11-22T08:00:00Z ${id}`,
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const pause = (_ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    setTimeout(resolve, 10);
    signal.addEventListener("abort", () => reject(signal.reason));
  });

function uploads(send: SendUpload, store = new MemoryStore()) {
  const arrived: string[] = [];
  const queue = new Uploads(store, send, async ({ id }) => void arrived.push(id), pause);
  return { queue, store, arrived };
}

test("not more than two files go out at once, and all arrive", async () => {
  let running = 0;
  let most = 0;
  const { queue, arrived, store } = uploads(async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running -= 1;
  });
  for (const id of ["a", "b", "c", "d"]) await queue.add(upload(id));
  await vi.runAllTimersAsync();
  expect(most).toBe(2);
  expect(arrived).toEqual(["a", "b", "c", "d"]);
  expect(queue.items.value).toEqual([]);
  expect(store.entries.size).toBe(0);
});

test("a lost network is waited for with the same id; a refusal stays with its reason", async () => {
  const ids: string[] = [];
  const answers = [new NetworkError(), new Problem(422, "damaged", "", "打不开")];
  const { queue } = uploads(async ({ id }) => {
    ids.push(id);
    const answer = answers.shift();
    if (answer) throw answer;
  });
  await queue.add(upload("a"));
  await vi.runAllTimersAsync();
  expect(ids).toEqual(["a", "a"]);
  expect(queue.items.value.map((item) => [item.state.value, item.detail.value])).toEqual([["refused", "打不开"]]);
  queue.retry("a");
  await vi.runAllTimersAsync();
  expect(queue.items.value).toEqual([]);
});

test("a new page goes on with what the last one left, and drops what belongs to another conversation", async () => {
  const store = new MemoryStore();
  store.entries.set("a", upload("a"));
  store.entries.set("x", upload("x", "other"));
  const { queue, arrived } = uploads(async () => undefined, store);
  await queue.resume("c1");
  await vi.runAllTimersAsync();
  expect(arrived).toEqual(["a"]);
  expect(store.entries.size).toBe(0);
});

test("a cancelled file is forgotten, and its request is cut", async () => {
  const { queue, arrived, store } = uploads(
    (_upload, signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  );
  await queue.add(upload("a"));
  queue.cancel("a");
  await vi.runAllTimersAsync();
  expect([arrived, queue.items.value, store.entries.size]).toEqual([[], [], 0]);
});
