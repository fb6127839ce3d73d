import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type ApiClient, NetworkError, Problem, type RequestOptions } from "../../shared/api";
import { MemoryStorage } from "../../shared/model/storage";
import { Sender } from "./sender";

/** A service whose answers are given in advance; what it got is written down. */
function service(...answers: (Error | null)[]) {
  const got: string[] = [];
  const post = async (_path: string, { body }: RequestOptions) => {
    got.push((body as { text: string }).text);
    const answer = answers.shift();
    if (answer) throw answer;
  };
  return { got, api: { post } as unknown as ApiClient };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("document", new EventTarget());
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("messages arrive in the order of writing, one at a time, over a network that comes and goes", async () => {
  const { api, got } = service(new NetworkError(), new NetworkError(), null, null);
  const sender = new Sender(api, new MemoryStorage(), () => undefined);
  sender.use("c1");
  sender.send({ text: "一" });
  await vi.advanceTimersByTimeAsync(0);
  expect(sender.items.value[0]?.state).toBe("waiting");
  sender.send({ text: "二" });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(got).toEqual(["一", "一", "一", "二"]);
  expect(sender.items.value.map((item) => item.state)).toEqual(["delivered", "delivered"]);
});

test("what is written before the conversation stands is shown at once and sent once it does", async () => {
  const { api, got } = service(null, null);
  const sender = new Sender(api, new MemoryStorage(), () => undefined);
  sender.send({ text: "押金怎么退" });
  expect(sender.items.value.map((item) => item.state)).toEqual(["sending"]);
  sender.use("c1");
  await vi.advanceTimersByTimeAsync(0);
  expect(got).toEqual(["押金怎么退"]);
  expect(sender.items.value.map((item) => item.state)).toEqual(["delivered"]);
});

test("a refused message lets the next one pass and keeps its reason", async () => {
  const { api } = service(new Problem(422, "invalid", "", "太长了"), null);
  const sender = new Sender(api, new MemoryStorage(), () => undefined);
  sender.use("c1");
  sender.send({ text: "太长" });
  sender.send({ text: "下一条" });
  await vi.advanceTimersByTimeAsync(0);
  expect(sender.items.value.map((item) => [item.state, item.detail])).toEqual([
    ["refused", "太长了"],
    ["delivered", null],
  ]);
});

test("an expired token is told, and the unsent texts go along into the next conversation", async () => {
  const { api } = service(new Problem(401, "unauthenticated", "", ""));
  const expired = vi.fn();
  const storage = new MemoryStorage();
  const sender = new Sender(api, storage, expired);
  sender.use("old");
  sender.send({ text: "还没送出" });
  await vi.advanceTimersByTimeAsync(0);
  expect(expired).toHaveBeenCalledOnce();
  sender.use("new", sender.leave());
  expect(storage.keys()).toHaveLength(1);
  expect(storage.keys()[0]).toContain(".new.");
});
