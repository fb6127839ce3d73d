import { expect, test } from "vitest";
import { SseParser } from "./sse";

const STREAM =
  ': open\n\nid: 7\nevent: message\ndata: {"a":1}\n\nevent: status\r\ndata: line 1\r\ndata: line 2\r\n\r\n: still here\n\n';
const EVENTS = [
  { event: "message", id: "7", data: '{"a":1}' },
  { event: "status", id: null, data: "line 1\nline 2" },
];

test("a stream that is cut anywhere gives the same events", () => {
  for (let cut = 0; cut <= STREAM.length; cut += 1) {
    const parser = new SseParser();
    expect([...parser.push(STREAM.slice(0, cut)), ...parser.push(STREAM.slice(cut))]).toEqual(EVENTS);
  }
});

test("a stream that comes letter by letter gives the same events", () => {
  const parser = new SseParser();
  expect([...STREAM].flatMap((letter) => parser.push(letter))).toEqual(EVENTS);
});

test("an event that never ended is not given", () => {
  expect(new SseParser().push("event: message\ndata: half")).toEqual([]);
});
