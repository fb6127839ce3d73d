// Addresses of the desk: everything after `#`, so that a reload, a bookmark and the back button keep filters and place.
import type { CaseQuery } from "../types";

export type Route = { page: "list"; query: CaseQuery | null } | { page: "case"; applicationNo: string };

/** What people of this role start the day with. */
export function initialQuery(role: string): CaseQuery {
  return { state: role === "payer" ? "paying" : "in_review", procedure: "", team: "", q: "" };
}

const CASE = /^\/applications\/([^/?]+)$/;

export function parseRoute(hash: string): Route {
  const [path = "", search] = hash.replace(/^#/, "").split("?", 2);
  const found = CASE.exec(path)?.[1];
  if (found) return { page: "case", applicationNo: decoded(found) };
  if (search === undefined) return { page: "list", query: null };
  const asked = new URLSearchParams(search);
  const word = (name: keyof CaseQuery) => asked.get(name) ?? "";
  return {
    page: "list",
    query: { state: word("state"), procedure: word("procedure"), team: word("team"), q: word("q") },
  };
}

/** `null` is the list that the role starts with. */
export function listHash(query: CaseQuery | null): string {
  if (query === null) return "#/";
  const kept = Object.entries(query).filter(([, value]) => value !== "");
  return `#/?${new URLSearchParams(kept)}`;
}

export function caseHash(applicationNo: string): string {
  return `#/applications/${encodeURIComponent(applicationNo)}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
