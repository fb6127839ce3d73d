import { afterEach, expect, test, vi } from "vitest";
import { createClient, NetworkError, Problem, problemFrom } from "./api";

afterEach(() => vi.unstubAllGlobals());

test("a problem document keeps its sentence and its fields", () => {
  const body = {
    type: "not_ready",
    title: "t",
    detail: "还差一项材料。",
    errors: [{ field: "phone", detail: "手机号少一位" }],
  };
  const problem = problemFrom(409, JSON.stringify(body), "30");
  expect(problem).toMatchObject({ status: 409, code: "not_ready", detail: "还差一项材料。", retryAfterSeconds: 30 });
  expect(problem.errorFor("phone")).toBe("手机号少一位");
  expect(problem.errorFor("name")).toBeNull();
});

test("a proxy's error page becomes a problem without words of its own", () => {
  expect(problemFrom(502, "<html>bad gateway</html>")).toMatchObject({ status: 502, detail: "", errors: [] });
});

test("a lost network is told apart from an answer that says no", async () => {
  const client = createClient("", () => ({}));
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed to fetch")));
  await expect(client.get("/v1/x")).rejects.toBeInstanceOf(NetworkError);
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("{}", { status: 404 })));
  await expect(client.get("/v1/x")).rejects.toBeInstanceOf(Problem);
});

test("headers carry the caller's proof and the idempotency key", async () => {
  const fetched = vi.fn(() => Promise.resolve(new Response('{"ok":true}')));
  vi.stubGlobal("fetch", fetched);
  await createClient("/base", () => ({ Authorization: "Bearer t" })).post("/v1/x", {
    body: { a: 1 },
    idempotencyKey: "k",
  });
  expect(fetched).toHaveBeenCalledWith(
    "/base/v1/x",
    expect.objectContaining({
      method: "POST",
      body: '{"a":1}',
      headers: expect.objectContaining({ Authorization: "Bearer t", "Idempotency-Key": "k" }),
    }),
  );
});
