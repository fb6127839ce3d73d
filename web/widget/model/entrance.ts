// How a browser gets into a conversation: continues the one it kept, or starts a new one; and who the merchant is there.
import { type ApiClient, Problem } from "../../shared/api";
import { isPassing } from "../../shared/net/retry";
import type { ConversationStatus, Identity } from "../../shared/types";
import type { Host } from "../host/host";
import { type Session, subjectOf } from "./session";

export interface ConversationInfo {
  conversation_id: string;
  status: ConversationStatus;
  identity: Identity | null;
  last_seq: number;
}

type Created = Omit<Session, "seen"> & { identity: Identity | null };

export interface Entered {
  session: Session;
  identity: Identity | null;
  status: ConversationStatus;
}

/** The token that every request carries; one object, so that a new session reaches all who send. */
export class Credentials {
  session: Session | null = null;

  headers(): Record<string, string> {
    return this.session ? { Authorization: `Bearer ${this.session.token}` } : {};
  }
}

export class Entrance {
  /** The host page's word on who its merchant is. */
  identityToken: string | null = null;

  constructor(
    private readonly api: ApiClient,
    private readonly host: Host,
    private readonly credentials: Credentials,
  ) {}

  async enter(): Promise<Entered> {
    const kept = await this.host.loadSession();
    const entered = (kept && (await this.resume(kept))) ?? (await this.createUnlessOther(kept));
    this.host.saveSession(entered.session);
    if (this.identityToken && !entered.identity) entered.identity = await this.prove(this.identityToken);
    return entered;
  }

  /** Null when the service does not believe the token; the host page may then call identify() with a fresh one. */
  async prove(token: string): Promise<Identity | null> {
    try {
      return await this.api.post<Identity>("/v1/conversation/identity", { body: { identity_token: token } });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.reject();
      return null;
    }
  }

  /** Two tabs that start at once shall not end in two conversations: the one that saved its own first wins. */
  private async createUnlessOther(kept: Session | null): Promise<Entered> {
    const created = await this.create();
    const other = await this.host.loadSession();
    const resumed = other && other.token !== kept?.token ? await this.resume(other) : null;
    if (!resumed) this.credentials.session = created.session;
    return resumed ?? created;
  }

  /** The kept conversation, or null when it is gone or belongs to another merchant than the page's. */
  private async resume(session: Session): Promise<Entered | null> {
    this.credentials.session = session;
    try {
      const { identity, status } = await this.api.get<ConversationInfo>("/v1/conversation");
      const subject = subjectOf(this.identityToken);
      return subject && identity && identity.merchant_no !== subject ? null : { session, identity, status };
    } catch (error) {
      if (isRefusal(error)) return null;
      throw error;
    }
  }

  private async create(): Promise<Entered> {
    this.credentials.session = null;
    const { identity, ...rest } = await this.createWith(this.identityToken).catch((error: unknown) => {
      if (!this.identityToken || !isRefusal(error)) throw error;
      this.reject();
      return this.createWith(null);
    });
    const { token, conversation_id, expires_at } = rest;
    this.credentials.session = { token, conversation_id, expires_at, seen: 0 };
    return { session: this.credentials.session, identity, status: "bot" };
  }

  private createWith(identityToken: string | null): Promise<Created> {
    return this.api.post<Created>("/v1/conversations", { body: { channel: "web", identity_token: identityToken } });
  }

  private reject(): void {
    this.identityToken = null;
    this.host.emit("identity-rejected");
  }
}

/** The service answered and said no; anything else may pass. */
function isRefusal(error: unknown): boolean {
  return error instanceof Problem && !isPassing(error);
}
