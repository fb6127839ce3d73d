// Who is signed in and who else works here, as the service says it (docs/protocol.md §4).

/** What the service lets a role enter. */
export type RoomName =
  | "queue"
  | "console"
  | "payouts"
  | "reports"
  | "reconciliation"
  | "audit"
  | "deliveries"
  | "master_data";

export interface Session {
  name: string;
  role: string;
  csrf_token: string;
  /** The password was given by somebody else; nothing works before it is changed. */
  must_change_password: boolean;
  /** A second factor is set up. */
  second_factor: boolean;
  /** The company asks this role for one, and there is none yet. */
  must_set_second_factor: boolean;
  /** The rooms that this role may enter. */
  rooms: readonly RoomName[];
}

export interface Colleague {
  id: string;
  name: string;
  role: string;
}
