// An empty list, said in a way that fits why it is empty.

import { EmptyState } from "../../shared/staff/ui/EmptyState";
import { EVERYTHING, isNarrowed, listHash } from "../model/route";
import { goTo } from "../state/route";
import { t } from "../text";
import type { CaseQuery } from "../types";

export function NothingHere({ query }: { query: CaseQuery }) {
  if (isNarrowed(query)) {
    const clear = () => goTo(listHash({ ...EVERYTHING, state: query.state, sort: query.sort }));
    return (
      <EmptyState title={t("nothingHere")} text={t("nothingFound")} action={{ title: t("clearFilters"), run: clear }} />
    );
  }
  return <EmptyState title={t("nothingHere")} text={query.state === "in_review" ? t("nothingWaiting") : ""} />;
}
