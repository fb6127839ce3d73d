// The words of docs/protocol.md §4 as types: what the review desk sends and receives.
import type { Application, Deadline, ProcedureTitle, Sender } from "../shared/types";

/** Who has an application in hand. */
export type Team = "review" | "sales" | "complaints";

export interface CaseLine {
  application_no: string;
  label: string;
  procedure: ProcedureTitle;
  team: Team;
  merchant_name: string;
  /** Empty when nobody has been verified for it. */
  merchant_no: string;
  state: string;
  state_title: string;
  amount_fen: number | null;
  deadline: Deadline | null;
  assignee: string | null;
  documents: { required: number; uploaded: number; accepted: number };
  /** What stands out about it. */
  attention: Attention[];
  submitted_at: string | null;
  version: number;
}

/** `held`: a payout waits for a second pair of eyes. `opinion_asked`, `opinion_given`: a colleague was asked, has answered. */
export type Attention = "held" | "opinion_asked" | "opinion_given" | "flagged" | "provisional";

export interface CasePageOfLines {
  items: CaseLine[];
  next_cursor: string | null;
  counts: Record<string, number>;
}

export interface Fact {
  label: string;
  value: string;
  warning: boolean;
  /** The rule or the clause of the contract that the warning rests on. */
  clause?: string | null;
}

export interface Reason {
  code: string;
  text: string;
}

/** Why less is granted than was asked for: a price on the list, with the clause that the merchant reads. */
export interface Deduction extends Reason {
  clause: string;
  /** Null when the price is found case by case. */
  amount_fen: number | null;
}

export interface Account {
  holder: string;
  bank: string;
  tail: string;
}

export type HeldBecause = "amount" | "account";

export interface CasePayout {
  refund_no: string;
  state: "held" | "requested" | "accepted" | "paid" | "failed" | "abnormal" | "void";
  attempt: number;
  amount_fen: number;
  account: Account;
  held_because: HeldBecause[];
  approved_by: string | null;
  released_by: string | null;
  adapter: string;
  /** The number that the other side gave it. */
  channel_no: string | null;
  reason: string | null;
}

export interface AgreementDocument {
  sha256: string;
  made_at: string;
  agreed_at: string | null;
  url: string;
}

export interface CaseNote {
  id: string;
  by: string;
  at: string;
  text: string;
}

export type Advice = "approve" | "reject" | "unsure";

/** A question to a colleague; without `answered_at` it is open. */
export interface Opinion {
  id: string;
  asked_by: string;
  asked: string;
  question: string;
  asked_at: string;
  advice: Advice | null;
  text: string | null;
  answered_at: string | null;
  /** I am the one who was asked. */
  mine: boolean;
}

export interface ReadingField {
  key: string;
  label: string;
  value: string;
  /** How sure the machine is, from 0 to 1. */
  score: number;
}

export interface ReadingFlag {
  code: string;
  text: string;
  severity: "note" | "warning";
}

/** What the machine read on a file; a help for the eye, never a decision. */
export interface Reading {
  state: "waiting" | "read" | "failed";
  score: number | null;
  fields: ReadingField[];
  flags: ReadingFlag[];
}

export interface SpokenLine {
  seq: number;
  sender: Sender;
  at: string;
  text: string;
}

export type ReviewAction =
  | "claim"
  | "decide_document"
  | "approve"
  | "reject"
  | "request_documents"
  | "payout"
  | "retry_payout"
  | "accept_machine"
  | "waive_machine"
  | "reveal"
  | "note"
  | "ask_opinion"
  | "answer_opinion"
  | "release_payout"
  | "refuse_payout";

export interface CaseDetail {
  application: Application;
  team: Team;
  /** Approving it grants money. */
  pays: boolean;
  /** Approving it needs a result that the merchant reads. */
  reply_required: boolean;
  /** The sum that the merchant named; null when it is simply all that is there. */
  amount_asked_fen: number | null;
  merchant: { merchant_no: string; name: string; phone_masked: string };
  facts: Fact[];
  reasons: { document: Reason[]; reject: Reason[]; deduction: Deduction[] };
  assignee: string | null;
  notes: CaseNote[];
  opinions: Opinion[];
  /** Whether there is one to read. */
  conversation: boolean;
  /** Where the money would go; `changed` when it is not the settlement account on file. */
  account: (Account & { changed: boolean }) | null;
  /** The newest attempt. */
  payout: CasePayout | null;
  agreement: AgreementDocument | null;
  /** By the id of the file. */
  readings: Record<string, Reading>;
  allowed_actions: ReviewAction[];
}

/** An empty word asks for everything. */
export interface CaseQuery {
  state: string;
  procedure: string;
  team: string;
  /** `me`, `nobody`, or somebody's id. */
  assignee: string;
  /** `overdue`, `today`, or `soon`. */
  due: string;
  sort: "due" | "submitted";
  q: string;
}

/** A query that a reviewer keeps under a name. */
export interface SavedView {
  id: string;
  name: string;
  query: Partial<CaseQuery>;
}

export interface DocumentDecision {
  decision: "accept" | "send_back";
  reason_code: string | null;
  reason_text: string | null;
}

export interface CaseDecision {
  decision: "approve" | "reject" | "request_documents";
  amount_fen: number | null;
  reason_code: string | null;
  reason_text: string | null;
  /** Only when less is granted than was asked for. */
  deduction_code?: string;
}

/** What is about to be decided, to be shown first as the merchant would read it. */
export type Rehearsal =
  | { kind: "decision"; body: CaseDecision }
  | { kind: "document"; key: string; body: DocumentDecision }
  | { kind: "machine"; body: MachineMark };

export interface PayoutMark {
  result: "paid" | "failed";
  bank_reference: string | null;
  reason_text: string | null;
}

export interface MachineMark {
  result: "accepted" | "mismatch" | "waived";
  reason_text: string | null;
}

/** A sealed answer in clear, by the names of its inputs. */
export type Revealed = Readonly<Record<string, string>>;
