// Finding by words and narrowing; on narrow screens also by state. All of it lives in the address.
import type { Ref } from "preact";
import { listHash } from "../model/route";
import { STATE_GROUPS, sumOf, TEAMS } from "../model/states";
import { useColleagues } from "../state/colleagues";
import { goTo } from "../state/route";
import { named, t } from "../text";
import type { CaseQuery } from "../types";
import { FilterSelect } from "./FilterSelect";
import { focusRow } from "./rows";
import { SearchBox } from "./SearchBox";
import { useProcedures } from "./useProcedures";

const DUE = ["overdue", "today", "soon"] as const;
const SORTS = ["due", "submitted"] as const;

interface Props {
  query: CaseQuery;
  counts: Readonly<Record<string, number>>;
  searchBox: Ref<HTMLInputElement>;
}

export function Filters({ query, counts, searchBox }: Props) {
  const procedures = useProcedures();
  const colleagues = useColleagues().filter(({ role }) => role !== "agent" && role !== "auditor" && role !== "admin");
  const choose = (changed: Partial<CaseQuery>) => goTo(listHash({ ...query, ...changed }));

  return (
    <search class="filters">
      <SearchBox
        text={query.q}
        box={searchBox}
        find={(q) => goTo(listHash({ ...query, q }), { replace: true })}
        leave={() => focusRow(1)}
      />
      <FilterSelect
        label={t("states")}
        value={query.state}
        extraClass="filter-state"
        choose={(state) => choose({ state })}
      >
        <option value="">{`${t("allStates")}（${sumOf(counts)}）`}</option>
        {STATE_GROUPS.map((group) => (
          <optgroup key={group.key} label={named("group", group.key)}>
            {group.states.map((state) => (
              <option key={state} value={state}>{`${named("state", state)}（${counts[state] ?? 0}）`}</option>
            ))}
          </optgroup>
        ))}
      </FilterSelect>
      <FilterSelect label={t("procedure")} value={query.procedure} choose={(procedure) => choose({ procedure })}>
        <option value="">{t("allProcedures")}</option>
        {procedures.map((procedure) => (
          <option key={procedure.code} value={procedure.code}>
            {procedure.title}
          </option>
        ))}
      </FilterSelect>
      <FilterSelect label={t("team")} value={query.team} choose={(team) => choose({ team })}>
        <option value="">{t("allTeams")}</option>
        {TEAMS.map((team) => (
          <option key={team} value={team}>
            {named("team", team)}
          </option>
        ))}
      </FilterSelect>
      <FilterSelect label={t("assignee")} value={query.assignee} choose={(assignee) => choose({ assignee })}>
        <option value="">{t("allAssignees")}</option>
        <option value="me">{t("assigneeMe")}</option>
        <option value="nobody">{t("assigneeNobody")}</option>
        {colleagues.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </FilterSelect>
      <FilterSelect label={t("due")} value={query.due} choose={(due) => choose({ due })}>
        <option value="">{t("allDue")}</option>
        {DUE.map((due) => (
          <option key={due} value={due}>
            {named("due", due)}
          </option>
        ))}
      </FilterSelect>
      <FilterSelect
        label={t("sort")}
        value={query.sort}
        resting="due"
        choose={(sort) => choose({ sort: sort === "submitted" ? "submitted" : "due" })}
      >
        {SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {named("sort", sort)}
          </option>
        ))}
      </FilterSelect>
    </search>
  );
}
