// The words of docs/protocol.md §4 as types: what the rooms beside the queue send and receive.

export interface Account {
  holder: string;
  bank: string;
  tail: string;
}

export type PayoutTab = "held" | "open" | "paid" | "failed" | "all";
export type PayoutState = "held" | "requested" | "accepted" | "paid" | "failed" | "abnormal" | "void";

export interface PayoutLine {
  refund_no: string;
  application_no: string;
  label: string;
  merchant_name: string;
  amount_fen: number;
  account: Account;
  state: PayoutState;
  held_because: readonly ("amount" | "account")[];
  adapter: string;
  approved_by: string | null;
  may_release: boolean;
  may_mark: boolean;
  created_at: string;
  version: number;
}

export interface PayoutPage {
  items: PayoutLine[];
  next_cursor: string | null;
  counts: Readonly<Record<string, number>>;
}

export interface PayoutMarked {
  result: "paid" | "failed";
  bank_reference: string | null;
  reason_text: string | null;
  version: number;
}

export interface Counted {
  code: string;
  text: string;
  count: number;
}

export interface Report {
  from: string;
  to: string;
  volume: readonly { day: string; filed: number; approved: number; rejected: number; paid: number }[];
  procedures: readonly { code: string; title: string; filed: number }[];
  first_decision: {
    median_hours: number | null;
    p90_hours: number | null;
    count: number;
    by_week: readonly { week: string; median_hours: number | null }[];
  };
  refusals: readonly Counted[];
  deadlines: {
    kept: number;
    missed: number;
    open_overdue: number;
    by_week: readonly { week: string; kept: number; missed: number }[];
  };
  sent_back: readonly { document: string; title: string; count: number; reasons: readonly Counted[] }[];
  money: { paid_fen: number; paid_count: number; open_fen: number };
}

export interface Reconciliation {
  at: string;
  counted: Readonly<Record<string, number>>;
  differences: readonly { kind: string; application_no: string | null; text: string }[];
}

export type Details = Readonly<Record<string, unknown>>;

export interface AuditEntry {
  id: string;
  at: string;
  actor: string;
  /** Of a member of the staff; merchants are named by their id alone. */
  actor_name: string | null;
  action: string;
  target: string;
  before: Details | null;
  after: Details | null;
  why: string;
  source: "application" | "trail";
}

export interface AuditPageOfEntries {
  items: AuditEntry[];
  next_cursor: string | null;
}

export interface Verification {
  ok: boolean;
  checked: number;
  broken: { table: string; row: string; text: string } | null;
}

export type DeliveryState = "dead" | "pending" | "done";

export interface Delivery {
  id: string;
  channel: string;
  event: string;
  application_no: string | null;
  to: string;
  state: DeliveryState;
  attempts: number;
  error: string | null;
  next_at: string | null;
  created_at: string;
}

export interface DeliveryPage {
  items: Delivery[];
  next_cursor: string | null;
  counts: Readonly<Record<string, number>>;
}

/** The modules of a QR code as one SVG path in a square of `size`. */
export interface QrCode {
  size: number;
  path: string;
}

export interface SecondFactorOffer {
  secret: string;
  uri: string;
  qr: QrCode;
}

export interface RecoveryCodes {
  recovery_codes: readonly string[];
}
