// The list: which applications wait for whom, the most urgent first.
import { useRef } from "preact/hooks";
import { formatTime } from "../../shared/format";
import { EmptyState } from "../../shared/staff/ui/EmptyState";
import { Notice } from "../../shared/staff/ui/Notice";
import { useShortcuts } from "../../shared/staff/ui/shortcuts";
import { listHash } from "../model/route";
import { goToNext } from "../state/next";
import { locale, named, t } from "../text";
import type { CaseQuery } from "../types";
import { CaseTable } from "./CaseTable";
import { ChangesBar } from "./ChangesBar";
import { Filters } from "./Filters";
import "./list.css";
import { Key } from "../../shared/staff/ui/Key";
import { NothingHere } from "./NothingHere";
import { focusRow, openRow, rowsInUse, useReturnToRow } from "./rows";
import { SavedViews } from "./SavedViews";
import { StateRail } from "./StateRail";
import { useList } from "./useList";

export function ListPage({ query }: { query: CaseQuery }) {
  const list = useList(query, rowsInUse);
  const search = useRef<HTMLInputElement>(null);
  const { shown } = list;
  const waiting = shown === null || listHash(shown.query) !== listHash(query);
  const takeNext = () => void goToNext(query, null);
  useReturnToRow(list);
  useShortcuts({
    j: () => focusRow(1),
    k: () => focusRow(-1),
    ArrowDown: () => focusRow(1),
    ArrowUp: () => focusRow(-1),
    o: openRow,
    n: takeNext,
    "/": () => search.current?.select(),
    ".": list.reload,
  });

  return (
    <div class="list-page">
      <StateRail query={query} counts={shown?.counts ?? {}} />
      <main class="list-main" id="content" tabIndex={-1}>
        <div class="list-head">
          <h1>{query.state ? named("state", query.state) : t("listTitle")}</h1>
          {shown && !list.stale && (
            <span class="soft small">{t("refreshedAt", { time: formatTime(shown.at, locale) })}</span>
          )}
          <button type="button" class="button button-primary" aria-keyshortcuts="n" onClick={takeNext}>
            {t("takeNext")}
            <Key name="N" />
          </button>
        </div>
        <Filters query={query} counts={shown?.counts ?? {}} searchBox={search} />
        <SavedViews query={query} />
        {list.stale && shown && (
          <Notice tone="warn" text={t("refreshFailed", { time: formatTime(shown.at, locale) })} />
        )}
        <div aria-busy={waiting} class={waiting ? "list-waiting" : undefined}>
          <ChangesBar arrived={list.arrived} left={list.left.size} show={list.reload} />
          {shown === null ? (
            <EmptyState
              text={list.stale ? t("readError") : t("loading")}
              action={list.stale ? { title: t("retry"), run: list.reload } : undefined}
            />
          ) : shown.items.length === 0 ? (
            <NothingHere query={query} />
          ) : (
            <CaseTable lines={shown.items} left={list.left} />
          )}
        </div>
        {shown && shown.items.length > 0 && (
          <div class="list-foot">
            <span class="soft small">{t("shownOf", { shown: shown.items.length })}</span>
            {shown.nextCursor && (
              <button type="button" class="button" onClick={list.loadMore}>
                {t("loadMore")}
              </button>
            )}
          </div>
        )}
      </main>
    </div>
  );
}
