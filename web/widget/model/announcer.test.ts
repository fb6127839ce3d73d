import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Announcer } from "./announcer";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("each sentence is held for a second, with an empty region before the next", () => {
  const announcer = new Announcer();
  announcer.say("一");
  announcer.say("一");
  const heard: string[] = [];
  for (let passed = 0; passed < 2_500; passed += 100) {
    if (announcer.current.value !== heard.at(-1)) heard.push(announcer.current.value);
    vi.advanceTimersByTime(100);
  }
  expect(heard).toEqual(["一", "", "一", ""]);
});
