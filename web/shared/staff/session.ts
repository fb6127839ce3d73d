// Who is signed in. An expired session is remembered apart from none: the page stays, and only asks again.
import { signal } from "@preact/signals";
import type { Session } from "./types";

export type SessionState =
  | { kind: "unknown" }
  | { kind: "signed_out" }
  | { kind: "signed_in"; session: Session }
  | { kind: "expired"; session: Session };

export const sessionState = signal<SessionState>({ kind: "unknown" });

export function signedInAs(session: Session): void {
  sessionState.value = { kind: "signed_in", session };
}

export function signedOut(): void {
  sessionState.value = { kind: "signed_out" };
}

export function sessionExpired(): void {
  const state = sessionState.value;
  if (state.kind === "signed_in") sessionState.value = { kind: "expired", session: state.session };
  else if (state.kind === "unknown") signedOut();
}

export function csrfToken(): string {
  const state = sessionState.value;
  return state.kind === "signed_in" ? state.session.csrf_token : "";
}
