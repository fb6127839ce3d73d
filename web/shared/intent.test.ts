// Retrying is the same intent, changing one's mind is another.
import { expect, test } from "vitest";
import { Intent } from "./intent";

function counted(): Intent {
  let count = 0;
  return new Intent(() => `key-${++count}`);
}

test("a retry of the same body keeps its key", () => {
  const intent = counted();
  expect([intent.keyFor({ a: 1 }), intent.keyFor({ a: 1 })]).toEqual(["key-1", "key-1"]);
});

test("another body gets another key, also when the first comes back", () => {
  const intent = counted();
  expect([{ a: 1 }, { a: 2 }, { a: 1 }].map((body) => intent.keyFor(body))).toEqual(["key-1", "key-2", "key-3"]);
});

test("the same body after it was done is a new intent", () => {
  const intent = counted();
  intent.keyFor({ a: 1 });
  intent.done();
  expect(intent.keyFor({ a: 1 })).toBe("key-2");
});
