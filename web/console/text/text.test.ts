// Both languages say the same things with the same blanks to fill.
import { expect, test } from "vitest";
import { en } from "./en";
import { type TextKey, zh } from "./zh";

const blanks = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map((blank) => blank[1]).sort();

test("every sentence has the same blanks in both languages", () => {
  for (const key of Object.keys(zh) as TextKey[]) expect(blanks(en[key]), key).toEqual(blanks(zh[key]));
});
