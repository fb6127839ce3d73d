// Addresses of the desk: everything after `#`, so that a reload, a bookmark and the back button keep filters and place.
import type { CaseQuery } from "../types";
import { type Asked, isRoom, type Room, type RoomName } from "./rooms";

export type Route =
  | { page: "list"; query: CaseQuery | null }
  | { page: "case"; applicationNo: string }
  | { page: "room"; room: Room; asked: Asked };

export const EVERYTHING: CaseQuery = {
  state: "",
  procedure: "",
  team: "",
  assignee: "",
  due: "",
  sort: "due",
  q: "",
};

/** What people of this role start the day with. */
export function initialQuery(role: string): CaseQuery {
  return { ...EVERYTHING, state: role === "payer" ? "paying" : "in_review" };
}

/** What narrows the list within a state. */
export function isNarrowed({ procedure, team, assignee, due, q }: CaseQuery): boolean {
  return [procedure, team, assignee, due, q].some((word) => word !== "");
}

/** A query that was kept, of which words may be missing. */
export function wholeQuery(kept: Partial<CaseQuery>): CaseQuery {
  return { ...EVERYTHING, ...kept };
}

/** Who has no queue starts in the first room that is theirs. */
export function routeFor(rooms: readonly RoomName[], asked: Route): Route {
  const first = rooms.includes("queue") ? undefined : rooms.map(String).find(isRoom);
  return asked.page === "list" && first ? { page: "room", room: first, asked: {} } : asked;
}

const CASE = /^\/applications\/([^/?]+)$/;

export function parseRoute(hash: string): Route {
  const [path = "", search] = hash.replace(/^#/, "").split("?", 2);
  const found = CASE.exec(path)?.[1];
  if (found) return { page: "case", applicationNo: decoded(found) };
  const room = path.slice(1);
  if (isRoom(room)) return { page: "room", room, asked: Object.fromEntries(new URLSearchParams(search)) };
  if (search === undefined) return { page: "list", query: null };
  const asked = new URLSearchParams(search);
  const word = (name: keyof CaseQuery) => asked.get(name) ?? "";
  return {
    page: "list",
    query: {
      state: word("state"),
      procedure: word("procedure"),
      team: word("team"),
      assignee: word("assignee"),
      due: word("due"),
      sort: word("sort") === "submitted" ? "submitted" : "due",
      q: word("q"),
    },
  };
}

/** `null` is the list that the role starts with. */
export function listHash(query: CaseQuery | null): string {
  if (query === null) return "#/";
  return `#/?${new URLSearchParams(wordsOf(query))}`;
}

/** The words that say something: the empty ones and the usual order go without saying. */
export function wordsOf(query: CaseQuery): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).filter(([name, value]) => value !== "" && !(name === "sort" && value === EVERYTHING.sort)),
  );
}

export function caseHash(applicationNo: string): string {
  return `#/applications/${encodeURIComponent(applicationNo)}`;
}

export function roomHash(room: Room, asked: Asked = {}): string {
  const kept = Object.entries(asked).filter(([, value]) => value !== "");
  return kept.length > 0 ? `#/${room}?${new URLSearchParams(kept)}` : `#/${room}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
