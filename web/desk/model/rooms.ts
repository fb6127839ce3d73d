// The rooms of the desk: what they are called in addresses, and the letter that follows `g` to go there.
import type { RoomName } from "../../shared/staff/types";

export type { RoomName };

/** The rooms with a page of their own beside the queue; everybody has an account. */
export type Room = Exclude<RoomName, "queue" | "console" | "master_data"> | "account";

export const ROOMS: readonly Room[] = ["payouts", "reports", "reconciliation", "audit", "deliveries", "account"];

/** In the order of the navigation. */
export const ROOM_LETTERS: Readonly<Record<RoomName | "account", string>> = {
  queue: "q",
  console: "k",
  payouts: "p",
  reports: "r",
  reconciliation: "c",
  audit: "t",
  deliveries: "d",
  master_data: "m",
  account: "a",
};

export const MASTER_DATA = "/admin/";
export const CONSOLE = "/console/";

/** Filters of a room, as they stand in its address. */
export type Asked = Readonly<Record<string, string>>;

export function isRoom(word: string): word is Room {
  return (ROOMS as readonly string[]).includes(word);
}
