// Notes that were begun and not sent, by application: leaving for another one and coming back loses nothing.
import { sessionState } from "../../shared/staff/session";

const drafts = new Map<string, string>();
sessionState.subscribe((state) => {
  if (state.kind === "signed_out") drafts.clear();
});

export function draftOf(applicationNo: string): string {
  return drafts.get(applicationNo) ?? "";
}

export function keepDraft(applicationNo: string, text: string): void {
  if (text === "") drafts.delete(applicationNo);
  else drafts.set(applicationNo, text);
}
