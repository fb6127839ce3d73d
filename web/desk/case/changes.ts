// The changes of an application in one line of words.
import { formatTime } from "../../shared/format";
import { type Change, changesBetween } from "../model/changes";
import { locale, named, t } from "../text";
import type { CaseDetail } from "../types";

export function tellChanges(before: CaseDetail, now: CaseDetail): string {
  return changesBetween(before, now).map(tell).join(t("changeJoin"));
}

function tell(change: Change): string {
  if (change.kind === "event") {
    const { at, title, actor } = change.entry;
    return t("changeEvent", { time: formatTime(at, locale), actor: named("actor", actor), title });
  }
  if (change.kind === "assignee") {
    return change.name ? t("changeAssignee", { name: change.name }) : t("changeUnassigned");
  }
  return t(change.kind === "note" ? "changeNote" : "changeOpinion", { name: change.by });
}
