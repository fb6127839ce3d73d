// The routes of the console, and those of applications on a merchant's behalf.
import { createClient } from "../shared/api";
import { newId } from "../shared/ids";
import { client, signedIn } from "../shared/staff/client";
import { csrfToken } from "../shared/staff/session";
import type { Application, Message } from "../shared/types";
import type {
  Box,
  Closing,
  Detail,
  DraftWarning,
  Inbox,
  Load,
  Me,
  Presence,
  ProcedureLine,
  Reply,
  ReplyDraft,
  Suggestions,
  Summary,
} from "./types";

const BASE = "/v1/console";

export function conversationPath(id: string): string {
  return `${BASE}/conversations/${encodeURIComponent(id)}`;
}

export function callPath(id: string): string {
  return `/v1/calls/${encodeURIComponent(id)}`;
}

/** Where the service makes no suggestions, it reports none. */
const NOTHING_SUGGESTED = { shown: 0, sent: 0, edited: 0, dismissed: 0, ignored: 0, by_intent: [] };

export const EVENTS = `${BASE}/events`;

export const console_ = {
  me: () => signedIn(client.get<Me>(`${BASE}/me`)),
  setPresence: (presence: Pick<Presence, "capacity" | "skills"> & { state: "ready" | "paused" }): Promise<Presence> =>
    signedIn(client.put(`${BASE}/presence`, { body: presence })),
  inbox: (box: Box, q: string, cursor: string | null, signal: AbortSignal): Promise<Inbox> =>
    signedIn(client.get(`${BASE}/inbox?${asked({ box, q, cursor })}`, { signal })),
  load: async (from: string, to: string, signal: AbortSignal): Promise<Load> => {
    const load = await signedIn(client.get<Load>(`${BASE}/load?${asked({ from, to })}`, { signal }));
    return { ...load, suggestions: load.suggestions ?? NOTHING_SUGGESTED };
  },
};

export const conversations = {
  detail: (id: string): Promise<Detail> => signedIn(client.get(conversationPath(id))),
  messages: (id: string, place: { after?: number; before?: number }): Promise<{ messages: Message[] }> =>
    signedIn(client.get(`${conversationPath(id)}/messages?${asked({ ...place, limit: 100 })}`)),
  /** `path` names what is done: `claim`, `hand-back`, `transfer`, `notes`, `close` … */
  change: (id: string, path: string, body: object = {}): Promise<Detail> =>
    signedIn(client.post(`${conversationPath(id)}/${path}`, { body, idempotencyKey: newId() })),
  summary: (id: string): Promise<Summary> => signedIn(client.get(`${conversationPath(id)}/summary`)),
  close: (id: string, closing: Closing): Promise<Detail> => conversations.change(id, "close", closing),
  correct: (id: string, seq: number, intent: string): Promise<unknown> =>
    signedIn(client.post(`${conversationPath(id)}/meaning`, { body: { seq, intent }, idempotencyKey: newId() })),
  suggestions: (id: string): Promise<Suggestions> => signedIn(client.get(`${conversationPath(id)}/suggestions`)),
  checkDraft: async (id: string, text: string, signal?: AbortSignal): Promise<DraftWarning[]> => {
    const body = { conversation_id: id, text };
    return (
      await signedIn(
        client.post<{ warnings: DraftWarning[] }>(`${BASE}/drafts/check`, { body, signal, idempotencyKey: newId() }),
      )
    ).warnings;
  },
};

export const suggestions = {
  tell: (id: string, outcome: "inserted" | "dismissed"): Promise<unknown> =>
    signedIn(
      client.post(`${BASE}/suggestions/${encodeURIComponent(id)}/outcome`, {
        body: { outcome },
        idempotencyKey: newId(),
      }),
    ),
};

export const replies = {
  find: async (q: string, conversationId: string | null, signal?: AbortSignal): Promise<Reply[]> =>
    (
      await signedIn(
        client.get<{ items: Reply[] }>(`${BASE}/replies?${asked({ q, conversation_id: conversationId })}`, { signal }),
      )
    ).items,
  save: (id: string | null, draft: ReplyDraft): Promise<Reply> => {
    const options = { body: draft, idempotencyKey: newId() };
    const saved = id
      ? client.put<Reply>(`${BASE}/replies/${encodeURIComponent(id)}`, options)
      : client.post<Reply>(`${BASE}/replies`, options);
    return signedIn(saved);
  },
  remove: (id: string): Promise<void> =>
    signedIn(client.delete(`${BASE}/replies/${encodeURIComponent(id)}`, { idempotencyKey: newId() })),
};

export const calls = {
  start: (callId: string): Promise<{ conversation_id: string }> =>
    signedIn(client.post("/v1/calls", { body: { call_id: callId, caller: null }, idempotencyKey: callId })),
  end: (callId: string): Promise<unknown> =>
    signedIn(client.post(`${callPath(callId)}/end`, { body: {}, idempotencyKey: newId() })),
  verify: (conversationId: string, merchantNo: string, phone: string): Promise<unknown> => {
    const body = { merchant_no: merchantNo, phone };
    return signedIn(client.post(`${conversationPath(conversationId)}/verification`, { body, idempotencyKey: newId() }));
  },
  confirm: (conversationId: string, code: string): Promise<unknown> =>
    signedIn(
      client.post(`${conversationPath(conversationId)}/verification/confirm`, {
        body: { code },
        idempotencyKey: newId(),
      }),
    ),
  uploadLink: (conversationId: string): Promise<{ sent_to: string; expires_at: string }> =>
    signedIn(client.post(`${conversationPath(conversationId)}/upload-link`, { body: {}, idempotencyKey: newId() })),
};

export const procedures = {
  all: async () => (await client.get<{ items: ProcedureLine[] }>("/v1/procedures")).items,
};

/** The headers by which the service knows for whose conversation something is done. */
export function onBehalf(conversationId: string): Record<string, string> {
  return { "X-CSRF-Token": csrfToken(), "X-Conversation": conversationId };
}

/** What an agent does for the merchant of a conversation that is theirs. */
export function forMerchant(conversationId: string) {
  const own = createClient("", () => onBehalf(conversationId));
  const path = (number: string) => `/v1/applications/${encodeURIComponent(number)}`;
  return {
    application: (number: string): Promise<Application> => signedIn(own.get(path(number))),
    start: (procedure: string): Promise<Application> =>
      signedIn(own.post("/v1/applications", { body: { procedure, prefill: {} }, idempotencyKey: newId() })),
    answer: (number: string, field: string, value: unknown): Promise<Application> =>
      signedIn(
        own.put(`${path(number)}/answers/${encodeURIComponent(field)}`, { body: { value }, idempotencyKey: newId() }),
      ),
    askAgain: (number: string, field: string): Promise<Application> =>
      signedIn(own.delete(`${path(number)}/answers/${encodeURIComponent(field)}`, { idempotencyKey: newId() })),
    /** Filed only once everything was read out to the merchant. */
    submit: (number: string, version: number, idempotencyKey: string): Promise<Application> =>
      signedIn(own.post(`${path(number)}/submit`, { body: { version, read_back: true }, idempotencyKey })),
    picture: (fileId: string): Promise<Blob> =>
      signedIn(own.blob(`/v1/files/${encodeURIComponent(fileId)}?variant=preview`)),
  };
}

function asked(words: object): URLSearchParams {
  return new URLSearchParams(Object.entries(words).filter(([, value]) => value !== null && value !== ""));
}
