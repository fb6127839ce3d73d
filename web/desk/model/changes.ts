// What happened to an application between two looks at it, so that "it has changed" can say what.
import type { TimelineEntry } from "../../shared/types";
import type { CaseDetail } from "../types";

export type Change =
  | { kind: "event"; entry: TimelineEntry }
  | { kind: "assignee"; name: string | null }
  | { kind: "note"; by: string }
  | { kind: "opinion"; by: string };

export function changesBetween(before: CaseDetail, now: CaseDetail): Change[] {
  const changes: Change[] = now.application.timeline
    .slice(before.application.timeline.length)
    .map((entry) => ({ kind: "event", entry }));
  if (before.assignee !== now.assignee) changes.push({ kind: "assignee", name: now.assignee });
  const known = new Set(before.notes.map((note) => note.id));
  for (const note of now.notes) if (!known.has(note.id)) changes.push({ kind: "note", by: note.by });
  const answered = new Set(before.opinions.filter((each) => each.answered_at !== null).map((each) => each.id));
  for (const opinion of now.opinions) {
    if (opinion.answered_at !== null && !answered.has(opinion.id)) changes.push({ kind: "opinion", by: opinion.asked });
  }
  return changes;
}
