// The list that was left for an application, to be shown at once when its reader comes back; gone when somebody signs out.
import { sessionState } from "../../shared/staff/session";
import type { CaseLine, CaseQuery } from "../types";

export interface Shown {
  query: CaseQuery;
  items: CaseLine[];
  counts: Record<string, number>;
  nextCursor: string | null;
  pages: number;
  at: string;
}

let kept: { address: string; list: Shown } | null = null;
sessionState.subscribe((state) => {
  if (state.kind === "signed_out") kept = null;
});

export function keepList(address: string, list: Shown): void {
  kept = { address, list };
}

export function keptList(address: string): Shown | null {
  return kept?.address === address ? kept.list : null;
}
