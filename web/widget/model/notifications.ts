// How a verified merchant wants to hear of an application when the chat is closed.
import type { ApiClient } from "../../shared/api";
import { newId } from "../../shared/ids";
import { retryLost } from "../../shared/net/retry";

export type Way = "sms" | "wechat" | "email";

export interface Preferences {
  sms: boolean;
  wechat: boolean;
  /** Masked. */
  email: string | null;
  /** What this operator has at all. */
  available: readonly string[];
}

export interface Wish {
  sms: boolean;
  wechat: boolean;
  /** Left out: stays; null: none any more. */
  email?: string | null;
}

const PATH = "/v1/me/notifications";

export class Notifications {
  constructor(private readonly api: ApiClient) {}

  read(): Promise<Preferences> {
    return this.api.get(PATH);
  }

  save(wish: Wish): Promise<Preferences> {
    const idempotencyKey = newId();
    return retryLost(() => this.api.put(PATH, { body: wish, idempotencyKey }));
  }
}

/** What to send for what was typed: nothing typed leaves the address as it is. */
export function emailWish(typed: string, forget: boolean): Pick<Wish, "email"> {
  if (typed.trim() !== "") return { email: typed.trim() };
  return forget ? { email: null } : {};
}
