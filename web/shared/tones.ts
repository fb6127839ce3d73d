// Which colour belongs to which state of an application and of a document.
import type { Tone } from "./components/StateBadge";
import type { DocumentState } from "./types";

const DOCUMENT_TONES: Readonly<Record<DocumentState, Tone>> = {
  missing: "neutral",
  uploaded: "info",
  accepted: "ok",
  rejected: "danger",
};

const APPLICATION_TONES: Readonly<Record<string, Tone>> = {
  documents_requested: "warn",
  agreement_pending: "warn",
  payout_abnormal: "warn",
  returning: "warn",
  payout_failed: "warn",
  approved: "ok",
  paid: "ok",
  closed: "ok",
  rejected: "danger",
  withdrawn: "neutral",
  resting: "neutral",
  draft: "neutral",
};

export function documentTone(state: DocumentState): Tone {
  return DOCUMENT_TONES[state];
}

export function applicationTone(state: string): Tone {
  return APPLICATION_TONES[state] ?? "accent";
}
