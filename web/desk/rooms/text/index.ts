// The catalogue of the rooms beside the queue, in the reader's language; fetched with the first room.
import { translator } from "../../../shared/i18n";
import { locale } from "../../text";
import { en } from "./en";
import { type RoomText, zh } from "./zh";

const catalogue = locale === "en" ? en : zh;

export const r = translator<RoomText>(catalogue);

/** The text of a key that is put together from a value of the service; the value itself when it is new to this page. */
export function roomWord(prefix: string, value: string, otherwise = value): string {
  const key = `${prefix}_${value}`;
  return key in catalogue ? r(key as RoomText) : otherwise;
}

/** The values of the service that have a text under this prefix. */
export function wordsOf(prefix: string): string[] {
  return Object.keys(catalogue).flatMap((key) => (key.startsWith(`${prefix}_`) ? key.slice(prefix.length + 1) : []));
}
