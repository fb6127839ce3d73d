// The words of docs/protocol.md §4 as types: what the review desk sends and receives.
import type { Application, Deadline, ProcedureTitle } from "../shared/types";

export interface Session {
  name: string;
  role: string;
  csrf_token: string;
}

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
  submitted_at: string | null;
  version: number;
}

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
  | "reveal";

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
  reasons: { document: Reason[]; reject: Reason[] };
  assignee: string | null;
  allowed_actions: ReviewAction[];
}

export interface CaseQuery {
  state: string;
  procedure: string;
  team: string;
  q: string;
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
}

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
