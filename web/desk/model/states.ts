// The states of an application in the order and the groups in which a reviewer thinks of them, and the teams.
import type { Team } from "../types";

export interface StateGroup {
  key: "ours" | "merchant" | "money" | "over";
  states: readonly string[];
}

export const STATE_GROUPS: readonly StateGroup[] = [
  { key: "ours", states: ["in_review", "inspecting", "payout_failed"] },
  {
    key: "merchant",
    states: ["submitted", "documents_requested", "agreement_pending", "returning", "payout_abnormal", "resting"],
  },
  { key: "money", states: ["approved", "paying", "paid"] },
  { key: "over", states: ["rejected", "closed", "withdrawn"] },
];

export const TEAMS: readonly Team[] = ["review", "sales", "complaints"];

export function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
