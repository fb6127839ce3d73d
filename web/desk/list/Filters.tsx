// Finding by words and narrowing by procedure and team; on narrow screens also by state. All of it lives in the address.
import type { Ref } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { listHash } from "../model/route";
import { STATE_GROUPS, sumOf, TEAMS } from "../model/states";
import { goTo } from "../state/route";
import { named, t } from "../text";
import type { CaseQuery } from "../types";
import { useProcedures } from "./useProcedures";

const TYPING_PAUSE_MS = 250;

interface Props {
  query: CaseQuery;
  counts: Readonly<Record<string, number>>;
  searchBox: Ref<HTMLInputElement>;
}

export function Filters({ query, counts, searchBox }: Props) {
  const procedures = useProcedures();
  const [typed, setTyped] = useState(query.q);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setTyped(query.q), [query.q]);
  useEffect(() => () => clearTimeout(pause.current), []);

  function onSearch(text: string) {
    setTyped(text);
    clearTimeout(pause.current);
    pause.current = setTimeout(() => goTo(listHash({ ...query, q: text.trim() }), { replace: true }), TYPING_PAUSE_MS);
  }

  return (
    <search class="filters">
      <label class="filter filter-search">
        <span class="visually-hidden">{t("search")}</span>
        <input
          ref={searchBox}
          type="search"
          class="input"
          placeholder={t("searchHint")}
          value={typed}
          onInput={(event) => onSearch(event.currentTarget.value)}
        />
      </label>
      <label class="filter filter-state">
        <span class="visually-hidden">{t("states")}</span>
        <select
          class="input"
          value={query.state}
          onChange={(event) => goTo(listHash({ ...query, state: event.currentTarget.value }))}
        >
          <option value="">{`${t("allStates")}（${sumOf(counts)}）`}</option>
          {STATE_GROUPS.map((group) => (
            <optgroup key={group.key} label={named("group", group.key)}>
              {group.states.map((state) => (
                <option key={state} value={state}>{`${named("state", state)}（${counts[state] ?? 0}）`}</option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <label class="filter">
        <span class="visually-hidden">{t("procedure")}</span>
        <select
          class="input"
          value={query.procedure}
          onChange={(event) => goTo(listHash({ ...query, procedure: event.currentTarget.value }))}
        >
          <option value="">{t("allProcedures")}</option>
          {procedures.map((procedure) => (
            <option key={procedure.code} value={procedure.code}>
              {procedure.title}
            </option>
          ))}
        </select>
      </label>
      <label class="filter">
        <span class="visually-hidden">{t("team")}</span>
        <select
          class="input"
          value={query.team}
          onChange={(event) => goTo(listHash({ ...query, team: event.currentTarget.value }))}
        >
          <option value="">{t("allTeams")}</option>
          {TEAMS.map((team) => (
            <option key={team} value={team}>
              {named("team", team)}
            </option>
          ))}
        </select>
      </label>
    </search>
  );
}
