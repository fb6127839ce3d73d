// The routes of the queue and of one application.
import { newId } from "../shared/ids";
import { client, signedIn } from "../shared/staff/client";
import type { Block, ProcedureTitle } from "../shared/types";
import { wordsOf } from "./model/route";
import type { CaseDetail, CasePageOfLines, CaseQuery, Revealed, SavedView, SpokenLine } from "./types";

export const review = {
  list(query: CaseQuery, cursor: string | null, signal?: AbortSignal): Promise<CasePageOfLines> {
    return signedIn(client.get(`/v1/review/applications?${asked({ ...query, cursor })}`, { signal }));
  },

  /** The application that this person should take up next, never the one named by `after`. */
  async next(query: CaseQuery, after: string | null): Promise<string | null> {
    const answer = client.get<{ application_no: string | null }>(`/v1/review/next?${asked({ ...query, after })}`);
    return (await signedIn(answer)).application_no;
  },

  async detail(applicationNo: string, signal?: AbortSignal): Promise<CaseDetail> {
    return whole(await signedIn(client.get<CaseDetail>(casePath(applicationNo), { signal })));
  },

  /** `path` names what is done: `claim`, `decision`, `documents/{key}/decision`, `payout/release`, `notes` … */
  async change(applicationNo: string, path: string, body: object, idempotencyKey: string): Promise<CaseDetail> {
    const answer = client.post<CaseDetail>(`${casePath(applicationNo)}/${path}`, { body, idempotencyKey });
    return whole(await signedIn(answer));
  },

  /** What the merchant would read: the service does it and takes it back. */
  async preview(applicationNo: string, rehearsal: object, signal: AbortSignal): Promise<Block[]> {
    const answer = client.post<{ blocks: Block[] }>(`${casePath(applicationNo)}/preview`, { body: rehearsal, signal });
    return (await signedIn(answer)).blocks;
  },

  /** A piece of the conversation, the newest last; who reads it is noted down. */
  conversation(applicationNo: string, before: number | null): Promise<{ items: SpokenLine[]; more: boolean }> {
    return signedIn(client.get(`${casePath(applicationNo)}/conversation?${asked({ before })}`));
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

export const views = {
  all: async () => (await signedIn(client.get<{ items: SavedView[] }>("/v1/review/views"))).items,
  save(name: string, query: CaseQuery): Promise<SavedView> {
    const body = { name, query: wordsOf(query) };
    return signedIn(client.post("/v1/review/views", { body, idempotencyKey: newId() }));
  },
  remove(id: string): Promise<void> {
    return signedIn(client.delete(`/v1/review/views/${encodeURIComponent(id)}`, { idempotencyKey: newId() }));
  },
};

export const procedures = {
  all: async () => (await client.get<{ items: ProcedureTitle[] }>("/v1/procedures")).items,
};

export function originalOf(fileId: string): string {
  return `${filePath(fileId)}?variant=original`;
}

const ABSENT = { notes: [], opinions: [], conversation: false, account: null, payout: null, agreement: null };

/** A service of an earlier release leaves out what it does not know yet. */
function whole(detail: CaseDetail): CaseDetail {
  const { reasons, readings = {} } = detail;
  return { ...ABSENT, ...detail, readings, reasons: { ...reasons, deduction: reasons.deduction ?? [] } };
}

function asked(words: object): URLSearchParams {
  return new URLSearchParams(Object.entries(words).filter(([, value]) => value));
}

function casePath(applicationNo: string): string {
  return `/v1/review/applications/${encodeURIComponent(applicationNo)}`;
}

function filePath(fileId: string): string {
  return `/v1/files/${encodeURIComponent(fileId)}`;
}
