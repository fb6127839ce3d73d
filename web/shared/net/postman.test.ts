import { expect, test, vi } from "vitest";
import { NetworkError, Problem } from "../api";
import { MemoryStorage } from "../model/storage";
import { Postman } from "./postman";

vi.stubGlobal("window", new EventTarget());
vi.stubGlobal("document", new EventTarget());

interface Words {
  text: string;
}

test("what the network lost goes out again under its id, and once", async () => {
  const sent: string[] = [];
  let failures = 1;
  const post = vi.fn(async (id: string) => {
    if (failures-- > 0) throw new NetworkError();
    sent.push(id);
  });
  const postman = new Postman<Words>(new MemoryStorage(), "c1", post);
  postman.send({ text: "您好" });
  await vi.waitFor(() => expect(postman.items.value[0]?.state).toBe("waiting"));
  await postman.flush();
  await vi.waitFor(() => expect(postman.items.value[0]?.state).toBe("delivered"));
  expect(new Set(post.mock.calls.map(([id]) => id)).size).toBe(1);
  expect(sent).toHaveLength(1);
});

test("what the service turns down stays with its reason until somebody decides", async () => {
  let answer: Problem | null = new Problem(409, "moved_on", "", "商户又说了一句。");
  const post = vi.fn(async (_: string, body: Words) => {
    if (answer) throw answer;
    return body;
  });
  const postman = new Postman<Words>(new MemoryStorage(), "c1", post);
  postman.send({ text: "好的" });
  await vi.waitFor(() => expect(postman.items.value[0]?.state).toBe("refused"));
  const [item] = postman.items.value;
  if (!item) throw new Error("lost");
  expect(postman.refusals.value.get(item.client_id)?.code).toBe("moved_on");
  answer = null;
  postman.resend(item, { text: "好的！" });
  await vi.waitFor(() => expect(postman.items.value[0]?.state).toBe("delivered"));
  expect(post.mock.calls.at(-1)).toEqual([item.client_id, { text: "好的！" }]);
  expect(postman.refusals.value.size).toBe(0);
});

test("what was not sent is there again on the next visit", async () => {
  const storage = new MemoryStorage();
  const lost = new Postman<Words>(storage, "c1", async () => Promise.reject(new NetworkError()));
  lost.send({ text: "稍等" });
  await vi.waitFor(() => expect(lost.items.value[0]?.state).toBe("waiting"));
  lost.stop();
  const post = vi.fn(async () => undefined);
  const back = new Postman<Words>(storage, "c1", post);
  await vi.waitFor(() => expect(back.items.value[0]?.state).toBe("delivered"));
  expect(post).toHaveBeenCalledOnce();
});
