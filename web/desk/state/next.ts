// “下一件”: asks the service which application this person should take up now, and opens it.

import { announce } from "../../shared/staff/ui/announce";
import { sentenceFor } from "../../shared/staff/ui/sentence";
import { review } from "../api";
import { caseHash } from "../model/route";
import { t } from "../text";
import type { CaseQuery } from "../types";
import { goTo } from "./route";

let asking = false;

/** `after` is the application that one comes from; a second press while the answer is on its way does nothing. */
export async function goToNext(query: CaseQuery, after: string | null): Promise<void> {
  if (asking) return;
  asking = true;
  try {
    const number = await review.next(query, after);
    if (number === null) announce(t("nextNone"));
    else goTo(caseHash(number));
  } catch (why) {
    announce(sentenceFor(why));
  } finally {
    asking = false;
  }
}
