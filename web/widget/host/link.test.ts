import { afterEach, expect, test, vi } from "vitest";
import { openLink, takeLink } from "./link";

afterEach(() => vi.unstubAllGlobals());

const opened = { conversation_id: "c", token: "t", expires_at: "2999-01-01T00:00:00Z" };

test("the link leaves the address when it is taken", () => {
  const replaceState = vi.fn();
  const location = { hash: "#w=abc", pathname: "/widget/", search: "?locale=zh-CN" } as Location;
  expect(takeLink(location, { replaceState } as unknown as History)).toEqual({
    route: "/v1/wechat/session",
    secret: "abc",
  });
  expect(replaceState).toHaveBeenCalledWith(null, "", "/widget/?locale=zh-CN");
});

test("an address without a link stays as it is", () => {
  const replaceState = vi.fn();
  const location = { hash: "", pathname: "/widget/", search: "" } as Location;
  expect(takeLink(location, { replaceState } as unknown as History)).toBeNull();
  expect(replaceState).not.toHaveBeenCalled();
});

test("a link gives the session of its conversation", async () => {
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => new Response(JSON.stringify(opened))),
  );
  expect(await openLink({ route: "/v1/wechat/session", secret: "abc" })).toEqual({ ...opened, seen: 0 });
});

test.each([
  ["is over", async () => new Response("{}", { status: 404 })],
  ["cannot be asked about", async () => Promise.reject(new Error("offline"))],
])("a link that %s gives none", async (_name, answer) => {
  vi.stubGlobal("fetch", vi.fn(answer));
  expect(await openLink({ route: "/v1/wechat/session", secret: "abc" })).toBeNull();
});

test("an agent's link goes to the conversation of the call", () => {
  const location = { hash: "#link=x-_1", pathname: "/widget/", search: "" } as Location;
  const taken = takeLink(location, { replaceState: () => {} } as unknown as History);
  expect(taken).toEqual({ route: "/v1/conversation/entry", secret: "x-_1" });
});
