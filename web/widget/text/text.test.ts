import { expect, test } from "vitest";
import { en } from "./en";
import * as wechat from "./wechat";
import { type TextKey, zh } from "./zh";

const keys = Object.keys(zh) as TextKey[];
const holes = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();

test("both languages have the same keys", () => {
  expect(Object.keys(en).sort()).toEqual([...keys].sort());
});

test.each(keys)("%s is said in both languages, with the same things to fill in", (key) => {
  expect(zh[key].trim()).not.toBe("");
  expect(en[key].trim()).not.toBe("");
  expect(holes(en[key])).toEqual(holes(zh[key]));
});

test.each(Object.keys(wechat.zh) as (keyof typeof wechat.zh)[])("of WeChat, %s is said in both languages", (key) => {
  expect(holes(wechat.en[key])).toEqual(holes(wechat.zh[key]));
});

test("every sentence is used somewhere", () => {
  const sources = import.meta.glob("../**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true });
  const code = Object.entries(sources)
    .filter(([path]) => !/\.test\.ts$|\/(zh|en)\.ts$/.test(path))
    .map(([, source]) => String(source))
    .join("\n");
  // Keys whose end is chosen by what happened, as in t(`upload.${state}`).
  const built = [...code.matchAll(/t\(`([\w.]+)\$\{/g)].map(([, prefix]) => prefix ?? "");
  const unused = keys.filter((key) => !code.includes(`"${key}"`) && !built.some((prefix) => key.startsWith(prefix)));
  expect(unused).toEqual([]);
});
