// The words of docs/protocol.md as types: what the service sends about conversations and applications.

export interface Identity {
  verified: boolean;
  method: "token" | "code";
  merchant_no: string;
  merchant_name: string;
  phone_masked: string;
}

export type ConversationStatus = "bot" | "waiting" | "agent" | "closed";
export type Sender = "merchant" | "bot" | "agent" | "system";

export interface Choice {
  id: string;
  title: string;
  style?: "primary" | "plain";
}

export type InputKind = "text" | "name" | "id_number" | "bank_card" | "bank_name";

export interface FormInput {
  name: string;
  label: string;
  kind: InputKind;
  required: boolean;
  placeholder?: string | null;
}

export interface SummaryRow {
  field: string;
  label: string;
  value: string;
}

export type Block =
  | { type: "text"; text: string }
  | { type: "choices"; choices: Choice[] }
  | {
      type: "form";
      form: "identity";
      title: string;
      note?: string | null;
      prefill?: { merchant_no?: string | null; phone?: string | null } | null;
    }
  | {
      type: "form";
      form: "secure_answer";
      application_no: string;
      field: string;
      title: string;
      note?: string | null;
      inputs: FormInput[];
    }
  | { type: "summary"; application_no: string; title: string; rows: SummaryRow[] }
  | { type: "checklist"; application_no: string }
  | { type: "progress"; application_no: string }
  | { type: "agreement"; application_no: string }
  | { type: "notice"; level: "info" | "warning"; text: string };

export interface Message {
  seq: number;
  sender: Sender;
  client_id: string | null;
  in_reply_to: number | null;
  blocks: Block[];
  created_at: string;
}

export type DocumentState = "missing" | "uploaded" | "accepted" | "rejected";

export interface DocumentFile {
  id: string;
  name: string;
  content_type: string;
  size: number;
  pages: number;
}

export interface ApplicationDocument {
  key: string;
  title: string;
  why: string;
  how: string;
  required: boolean;
  state: DocumentState;
  reason: string | null;
  files: DocumentFile[];
}

export type StepState = "done" | "current" | "todo" | "failed";

export interface Step {
  key: string;
  title: string;
  state: StepState;
}

export interface TimelineEntry {
  at: string;
  title: string;
  detail: string | null;
  actor: string;
}

export interface Deadline {
  date: string;
  title: string;
  provisional: boolean;
}

/** The agreement as a PDF; who agrees says by `sha256` which one was meant. */
export interface AgreementDocument {
  url: string;
  sha256: string;
  name: string;
}

export interface Agreement {
  amount_fen: number;
  account_tail: string;
  bank: string;
  holder_masked: string;
  terms: string[];
  agreed_at: string | null;
  document: AgreementDocument | null;
}

export interface Payout {
  state: string;
  refund_no: string;
  paid_at: string | null;
  reason: string | null;
}

export interface Answer {
  field: string;
  label: string;
  value: string | null;
  display: string;
  secure: boolean;
}

/** What makes a procedure known by name; `who_may` and the like are the bot's business. */
export interface ProcedureTitle {
  code: string;
  title: string;
}

/** One application in a list. */
export interface ApplicationLine {
  application_no: string;
  procedure: ProcedureTitle;
  /** Tells several of a merchant's applications apart, as in 退押金 · 智能POS（尾号0012）. */
  label: string;
  state: string;
  state_title: string;
  amount_fen: number | null;
  updated_at: string;
  hint: string | null;
}

export interface Application {
  application_no: string;
  version: number;
  procedure: ProcedureTitle;
  label: string;
  /** The application that this one goes on from. */
  turned_from: string | null;
  state: string;
  state_title: string;
  hint: string | null;
  terminal: { terminal_no: string; sn_tail: string; model: string } | null;
  amount_fen: number | null;
  approved_amount_fen: number | null;
  answers: Answer[];
  next_question: { field: string; kind: string } | null;
  documents: ApplicationDocument[];
  steps: Step[];
  timeline: TimelineEntry[];
  deadline: Deadline | null;
  agreement: Agreement | null;
  payout: Payout | null;
  allowed_actions: string[];
}
