// The routes that every page of the staff needs: its session and its colleagues.
import { client, signedIn } from "./client";
import type { Colleague, Session } from "./types";

export const staff = {
  current: () => client.get<Session>("/v1/staff/session"),
  /** `code` is the second factor: asked for only when the password was right and the account has one. */
  signIn: (login: string, password: string, code = "") =>
    client.post<Session>("/v1/staff/session", { body: { login, password, ...(code ? { code } : {}) } }),
  signOut: () => client.delete<void>("/v1/staff/session"),
};

export const colleagues = {
  all: async () => (await signedIn(client.get<{ items: Colleague[] }>("/v1/staff/colleagues"))).items,
};
