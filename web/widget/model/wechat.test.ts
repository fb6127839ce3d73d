import { expect, test } from "vitest";
import { isScanned, pictureOf, type Tie } from "./wechat";

const tie: Tie = { followers: 1, since: "2026-11-22T08:00:00Z", code: "scanned", can_bind: true };

test("a code is scanned when it was used and somebody is tied; one that is merely over was not", () => {
  expect(isScanned(tie)).toBe(true);
  expect(isScanned({ ...tie, code: "waiting" })).toBe(false);
  expect(isScanned({ ...tie, code: "over" })).toBe(false);
  expect(isScanned({ ...tie, followers: 0, since: null })).toBe(false);
});

test("the picture is the bytes that came", async () => {
  const picture = pictureOf({ png: btoa("\x89PNG"), expires_in: 600 });
  expect(picture.type).toBe("image/png");
  expect(new Uint8Array(await picture.arrayBuffer())).toEqual(new Uint8Array([0x89, 0x50, 0x4e, 0x47]));
});
