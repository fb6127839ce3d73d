// What follows a decision about an application: one sentence about what was done, and the way to the next one.

import { sessionState } from "../../shared/staff/session";
import { announce } from "../../shared/staff/ui/announce";
import { initialQuery } from "../model/route";
import { goToNext } from "../state/next";
import { lastListQuery } from "../state/route";
import { t } from "../text";
import type { CaseDetail } from "../types";

/** The next one of the list that was looked at last. */
export function takeNextAfter(applicationNo: string): void {
  const state = sessionState.value;
  const role = "session" in state ? state.session.role : "";
  void goToNext(lastListQuery() ?? initialQuery(role), applicationNo);
}

export function announceDone(sentence: string, { application }: CaseDetail): void {
  const run = () => takeNextAfter(application.application_no);
  announce(sentence, { title: t("takeNext"), key: "N", run });
}
