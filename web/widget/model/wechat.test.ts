import { expect, test } from "vitest";
import { isScanned, pictureOf } from "./wechat";

const tie = { followers: 1, since: "2026-11-22T08:00:00Z", waiting: false, can_bind: true };

test("a code is scanned when it is used up and somebody is tied", () => {
  expect(isScanned(tie)).toBe(true);
  expect(isScanned({ ...tie, waiting: true })).toBe(false);
  expect(isScanned({ ...tie, followers: 0, since: null })).toBe(false);
});

test("the picture is the bytes that came", async () => {
  const picture = pictureOf({ png: btoa("\x89PNG"), expires_in: 600 });
  expect(picture.type).toBe("image/png");
  expect(new Uint8Array(await picture.arrayBuffer())).toEqual(new Uint8Array([0x89, 0x50, 0x4e, 0x47]));
});
