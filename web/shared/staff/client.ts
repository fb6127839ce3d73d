// The HTTP client of the staff's pages, and what an expired session means for every route.
import { createClient, Problem } from "../api";
import { csrfToken, sessionExpired } from "./session";

export const client = createClient("", () => ({ "X-CSRF-Token": csrfToken() }));

/** Without a session nothing else can be done: the page asks to sign in, and stays as it is behind that. */
export async function signedIn<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (why) {
    if (why instanceof Problem && why.status === 401) sessionExpired();
    throw why;
  }
}
