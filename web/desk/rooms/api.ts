// The routes of the rooms beside the queue.
import { client, signedIn } from "../../shared/staff/client";
import type {
  AuditPageOfEntries,
  Delivery,
  DeliveryPage,
  PayoutMarked,
  PayoutPage,
  PayoutTab,
  Reconciliation,
  RecoveryCodes,
  Report,
  SecondFactorOffer,
  Verification,
} from "./types";

export type Filters = Readonly<Record<string, string | null>>;

function read<T>(path: string, filters: Filters, signal: AbortSignal): Promise<T> {
  return signedIn(client.get(`${path}?${search(filters)}`, { signal }));
}

function search(filters: Filters): URLSearchParams {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) if (value) asked.set(name, value);
  return asked;
}

function payoutOf(applicationNo: string): string {
  return `/v1/review/applications/${encodeURIComponent(applicationNo)}/payout`;
}

export const payouts = {
  list: (state: PayoutTab, cursor: string | null, signal: AbortSignal): Promise<PayoutPage> =>
    read("/v1/review/payouts", { state, cursor }, signal),

  release: (applicationNo: string, version: number, idempotencyKey: string): Promise<unknown> =>
    signedIn(client.post(`${payoutOf(applicationNo)}/release`, { body: { version }, idempotencyKey })),

  refuse: (applicationNo: string, reason: string, version: number, idempotencyKey: string): Promise<unknown> =>
    signedIn(
      client.post(`${payoutOf(applicationNo)}/refuse`, { body: { reason_text: reason, version }, idempotencyKey }),
    ),

  mark: (applicationNo: string, body: PayoutMarked, idempotencyKey: string): Promise<unknown> =>
    signedIn(client.post(payoutOf(applicationNo), { body, idempotencyKey })),

  /** Without an idempotency key: full account numbers are kept nowhere, and each list is noted down. */
  bankList: (refundNos: readonly string[], reason: string): Promise<Blob> =>
    signedIn(client.postForBlob("/v1/review/payouts/list", { body: { refund_nos: refundNos, reason } })),
};

export type ReportFile = "volume" | "first_decision" | "refusals" | "deadlines" | "sent_back";

export const reports = {
  read: (filters: Filters, signal: AbortSignal): Promise<Report> => read("/v1/review/reports", filters, signal),
  file: (name: ReportFile, filters: Filters): Promise<Blob> =>
    signedIn(client.blob(`/v1/review/reports/${name}.csv?${search(filters)}`)),
};

export const reconciliation = {
  read: (signal: AbortSignal): Promise<Reconciliation> => read("/v1/review/reconciliation", {}, signal),
};

export const audit = {
  list: (filters: Filters, signal: AbortSignal): Promise<AuditPageOfEntries> =>
    read("/v1/review/audit", filters, signal),
  verify: (signal: AbortSignal): Promise<Verification> => read("/v1/review/audit/verification", {}, signal),
};

export const deliveries = {
  list: (filters: Filters, signal: AbortSignal): Promise<DeliveryPage> =>
    read("/v1/review/deliveries", filters, signal),
  requeue: (id: string, idempotencyKey: string): Promise<Delivery> =>
    signedIn(client.post(`/v1/review/deliveries/${encodeURIComponent(id)}/requeue`, { idempotencyKey })),
};

/** A refusal here means a wrong password or code, not an ended session. */
const FACTOR = "/v1/staff/second-factor";

export const account = {
  changePassword: (current: string, fresh: string): Promise<void> =>
    client.put("/v1/staff/password", { body: { current, new: fresh } }),
  offerFactor: (password: string): Promise<SecondFactorOffer> => client.post(FACTOR, { body: { password } }),
  confirmFactor: (code: string): Promise<RecoveryCodes> => client.post(`${FACTOR}/confirm`, { body: { code } }),
  removeFactor: (password: string): Promise<void> => client.delete(FACTOR, { body: { password } }),
};
