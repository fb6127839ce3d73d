// What the app needs of the place it runs in: a frame on a shop's page, or a page of its own.
import type { EmbedOptions } from "../../shared/embed";
import type { KeyValueStorage } from "../../shared/model/storage";
import type { Session } from "../model/session";

export interface Start {
  identityToken: string | null;
  open: boolean;
  options: EmbedOptions;
}

export interface HostListener {
  visibility(open: boolean): void;
  identity(token: string): void;
  logout(): void;
}

export interface Host {
  /** True in a frame: there is something to close. */
  readonly embedded: boolean;
  /** Where unsent messages wait; filled when `start` has resolved. */
  readonly storage: KeyValueStorage;
  start(): Promise<Start>;
  loadSession(): Promise<Session | null>;
  saveSession(session: Session | null): void;
  unread(count: number): void;
  close(): void;
  emit(name: string, detail?: Record<string, unknown>): void;
  listen(listener: HostListener): void;
}
