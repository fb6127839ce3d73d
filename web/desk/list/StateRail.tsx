// The states in groups, with how many applications are in each: the desk's in-trays.
import { listHash } from "../model/route";
import { STATE_GROUPS, sumOf } from "../model/states";
import { named, t } from "../text";
import type { CaseQuery } from "../types";

interface Props {
  query: CaseQuery;
  counts: Readonly<Record<string, number>>;
}

export function StateRail({ query, counts }: Props) {
  function link(state: string, title: string, count: number) {
    return (
      <a
        href={listHash({ ...query, state })}
        class="rail-link"
        aria-current={query.state === state ? "page" : undefined}
      >
        <span>{title}</span>
        <span class={`rail-count ${count === 0 ? "rail-zero" : ""}`}>{count}</span>
      </a>
    );
  }

  return (
    <nav class="rail" aria-label={t("states")}>
      {link("", t("allStates"), sumOf(counts))}
      {STATE_GROUPS.map((group) => (
        <section key={group.key} aria-labelledby={`rail-${group.key}`}>
          <h2 id={`rail-${group.key}`} class="rail-title">
            {named("group", group.key)}
          </h2>
          <ul>
            {group.states.map((state) => (
              <li key={state}>{link(state, named("state", state), counts[state] ?? 0)}</li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
