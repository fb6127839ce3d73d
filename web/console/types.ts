// The words of docs/protocol.md on the console as types: what it sends and receives.
import type { ApplicationLine, ConversationStatus, Identity, Sender } from "../shared/types";

export type Box = "waiting" | "mine" | "bot" | "colleagues" | "closed";
export type Channel = "web" | "wechat" | "phone";
export type Mood = "calm" | "upset" | "angry";

export interface Row {
  conversation_id: string;
  channel: Channel;
  status: ConversationStatus;
  agent: { id: string; name: string } | null;
  merchant: { merchant_no: string; name: string } | null;
  waiting_since: string | null;
  position: number | null;
  /** Asked for outside the hours: a message to be read, nobody waits at the screen. */
  outside_hours: boolean;
  last: { seq: number; sender: Sender; text: string; at: string } | null;
  unread: number;
  /** Something that was said cannot be shown in WeChat before the merchant writes again. */
  held_back: boolean;
  mood: Mood;
  procedure: { code: string; title: string } | null;
  step: string | null;
  skill: string | null;
  revision: number;
}

export type Counts = Readonly<Record<Box, number>>;

export interface Inbox {
  items: Row[];
  counts: Counts;
  next_cursor: string | null;
}

export interface Presence {
  state: "ready" | "paused" | "offline";
  capacity: number;
  skills: string[];
}

export interface Me {
  staff: { id: string; name: string; role: string };
  presence: Presence;
  hours: { open: boolean; text: string };
  /** What a conversation can end with. */
  results: { code: string; text: string }[];
}

export interface Note {
  id: string;
  by: string;
  at: string;
  text: string;
}

export interface Earlier {
  conversation_id: string;
  last_at: string;
  summary: Summary | null;
  result_code: string | null;
}

export interface Terminal {
  terminal_no: string;
  sn_tail: string;
  model: string;
  status: string;
  deposit_fen: number | null;
}

export type ConsoleAction = "claim" | "send" | "hand_back" | "transfer" | "close" | "note" | "serve";

export interface Detail {
  row: Row;
  identity: Identity | null;
  terminals: Terminal[];
  applications: ApplicationLine[];
  notes: Note[];
  earlier: Earlier[];
  /** Of a conversation by telephone. */
  call_id?: string | null;
  allowed_actions: ConsoleAction[];
  last_seq: number;
}

export interface Summary {
  request: string;
  handling: string;
  result: string;
  todo: string;
}

export interface Closing {
  summary: Summary;
  result_code: string;
  follow_up_on: string | null;
  ask_rating: boolean;
}

export interface Meaning {
  intent: string;
  title: string;
  confidence: number;
}

export interface Source {
  title: string;
  status: string;
  reviewed_on: string | null;
}

export interface Suggestion {
  id: string;
  rank: number;
  kind: "reply" | "knowledge" | "question" | "checklist";
  title: string;
  text: string;
  confidence: number;
  reason: string;
  intent: string | null;
  source: Source | null;
}

export interface Suggestions {
  /** The message that they answer. */
  based_on: number;
  withdrawn: boolean;
  meanings: Meaning[];
  warning: { code: string; text: string } | null;
  items: Suggestion[];
}

export type WarningCode = "promise" | "fee" | "unconfirmed_contact" | "identity_number" | "secret";

export interface DraftWarning {
  code: WarningCode;
  text: string;
  from: number;
  to: number;
}

export interface Reply {
  id: string;
  title: string;
  text: string;
  shortcut: string;
  group: string;
  own: boolean;
}

export type ReplyDraft = Omit<Reply, "id">;

export interface ProcedureLine {
  code: string;
  title: string;
  intent: string;
}

export interface Spread {
  median_s: number | null;
  p90_s: number | null;
  count: number;
}

export interface Load {
  now: {
    waiting: number;
    longest_wait_s: number | null;
    serving: number;
    agents: { id: string; name: string; state: Presence["state"]; open: number; capacity: number }[];
  };
  waits: Spread;
  first_reply: Spread;
  handling: Spread;
  service_level: { target_s: number; share: number | null; count: number };
  by_day: { day: string; handovers: number; median_wait_s: number | null }[];
  suggestions: {
    shown: number;
    sent: number;
    edited: number;
    dismissed: number;
    ignored: number;
    by_intent: { intent: string; shown: number; accepted: number }[];
  };
  rating: { average: number | null; count: number };
}

/** A question of an application, with what is needed to answer it. */
export interface Question {
  field: string;
  kind: string;
  label: string;
  prompt: string;
  example: string | null;
  optional: boolean;
  note: string | null;
  choices: { value: string; title: string }[];
  inputs: { name: string; label: string; kind: string; required: boolean; placeholder?: string | null }[];
}
