// The routes of the review desk, and what an expired session means for each of them.
import { createClient, Problem } from "../shared/api";
import type { ProcedureTitle } from "../shared/types";
import { csrfToken, sessionExpired } from "./state/session";
import type { CaseDetail, CasePageOfLines, CaseQuery, Revealed, Session } from "./types";

const client = createClient("", () => ({ "X-CSRF-Token": csrfToken() }));

/** Without a session nothing else can be done: the page asks to sign in, and stays as it is behind that. */
async function signedIn<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (why) {
    if (why instanceof Problem && why.status === 401) sessionExpired();
    throw why;
  }
}

export const staff = {
  current: () => client.get<Session>("/v1/staff/session"),
  signIn: (login: string, password: string) => client.post<Session>("/v1/staff/session", { body: { login, password } }),
  signOut: () => client.delete<void>("/v1/staff/session"),
};

export const review = {
  list(query: CaseQuery, cursor: string | null, signal?: AbortSignal): Promise<CasePageOfLines> {
    const asked = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...query, cursor })) if (value) asked.set(name, value);
    return signedIn(client.get(`/v1/review/applications?${asked}`, { signal }));
  },

  detail(applicationNo: string, signal?: AbortSignal): Promise<CaseDetail> {
    return signedIn(client.get(casePath(applicationNo), { signal }));
  },

  /** `path` is one of `claim`, `decision`, `documents/{key}/decision`, `machine`, `payout`, `payout/retry`. */
  change(applicationNo: string, path: string, body: object, idempotencyKey: string): Promise<CaseDetail> {
    return signedIn(client.post(`${casePath(applicationNo)}/${path}`, { body, idempotencyKey }));
  },

  /** Without an idempotency key: the service keeps no answer of this, and notes down each look. */
  async reveal(applicationNo: string, field: string, reason: string): Promise<Revealed> {
    const answer = client.post<{ value: Revealed }>(`${casePath(applicationNo)}/reveal`, { body: { field, reason } });
    return (await signedIn(answer)).value;
  },

  picture(fileId: string, page: number, signal?: AbortSignal): Promise<Blob> {
    return signedIn(client.blob(`${filePath(fileId)}?variant=preview&page=${page}`, { signal }));
  },
};

export const procedures = {
  all: async () => (await client.get<{ items: ProcedureTitle[] }>("/v1/procedures")).items,
};

export function originalOf(fileId: string): string {
  return `${filePath(fileId)}?variant=original`;
}

function casePath(applicationNo: string): string {
  return `/v1/review/applications/${encodeURIComponent(applicationNo)}`;
}

function filePath(fileId: string): string {
  return `/v1/files/${encodeURIComponent(fileId)}`;
}
