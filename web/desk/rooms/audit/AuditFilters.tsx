// Narrowing the trail: one application, one person, one kind of deed; all of it stands in the address.
import { useId } from "preact/hooks";
import type { Asked } from "../../model/rooms";
import { roomHash } from "../../model/route";
import { useColleagues } from "../../state/colleagues";
import { goTo } from "../../state/route";
import { t } from "../../text";
import { r } from "../text";

import { ACTIONS, actionWord, actorWord } from "./words";

export type AuditFilter = Readonly<Record<"application_no" | "actor" | "action", string>>;

export function filtersOf({ application_no = "", actor = "", action = "" }: Asked): AuditFilter {
  return { application_no, actor, action };
}

export function AuditFilters({ filters }: { filters: AuditFilter }) {
  const colleagues = useColleagues();
  const id = useId();
  const go = (change: Partial<AuditFilter>) => goTo(roomHash("audit", { ...filters, ...change }));
  const actors = new Map([
    ...colleagues.map((each) => [`staff:${each.id}`, each.name] as const),
    ...["system", "bot"].map((kind) => [kind, actorWord(kind)] as const),
  ]);

  return (
    <search class="room-filters">
      <div class="field">
        <label for={`${id}-no`}>{r("filter_application_no")}</label>
        <input
          id={`${id}-no`}
          type="search"
          class="input"
          autocomplete="off"
          value={filters.application_no}
          onChange={(event) => go({ application_no: event.currentTarget.value.trim().toUpperCase() })}
        />
      </div>
      <Choice
        label={r("filter_actor")}
        all={r("everybody")}
        value={filters.actor}
        options={[...actors]}
        otherwise={actorWord}
        choose={(actor) => go({ actor })}
      />
      <Choice
        label={r("filter_action")}
        all={r("everything")}
        value={filters.action}
        options={ACTIONS.map((action) => [action, actionWord(action)])}
        otherwise={actionWord}
        choose={(action) => go({ action })}
      />
      {Object.values(filters).some(Boolean) && (
        <a class="quiet-button" href={roomHash("audit")}>
          {t("clearFilters")}
        </a>
      )}
    </search>
  );
}

interface ChoiceProps {
  label: string;
  all: string;
  value: string;
  options: readonly (readonly [string, string])[];
  /** Words for a value of the address that is not among the options. */
  otherwise(value: string): string;
  choose(value: string): void;
}

function Choice({ label, all, value, options, otherwise, choose }: ChoiceProps) {
  const id = useId();
  const known = value === "" || options.some(([each]) => each === value);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} class="input" value={value} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">{all}</option>
        {!known && <option value={value}>{otherwise(value)}</option>}
        {options.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
