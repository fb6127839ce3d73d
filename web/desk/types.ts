// The words of docs/protocol.md §4 as types: what the review desk sends and receives.
import type { Application, Deadline } from "../shared/types";

export interface Session {
  name: string;
  role: string;
  csrf_token: string;
}

export interface ProcedureTitle {
  code: string;
  title: string;
}

export interface CaseLine {
  application_no: string;
  procedure: ProcedureTitle;
  merchant_name: string;
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
  | "retry_payout";

export interface CaseDetail {
  application: Application;
  merchant: { merchant_no: string; name: string; phone_masked: string };
  facts: Fact[];
  reasons: { document: Reason[]; reject: Reason[] };
  assignee: string | null;
  allowed_actions: ReviewAction[];
}

export interface CaseQuery {
  state: string;
  procedure: string;
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
