// Choosing the period, by a name or by its days, and the procedure.
import { useId } from "preact/hooks";
import { useProcedures } from "../../list/useProcedures";
import { roomHash } from "../../model/route";
import { goTo } from "../../state/route";
import { t } from "../../text";
import { r } from "../text";
import { type Period, PRESETS, presetPeriod } from "./period";

export function PeriodPicker({ period }: { period: Period }) {
  const procedures = useProcedures();
  const id = useId();
  const go = (change: Partial<Period>) => goTo(roomHash("reports", { ...period, ...change }));

  return (
    <search class="room-filters report-filters">
      <nav class="presets" aria-label={r("period")}>
        {PRESETS.map((preset) => {
          const days = presetPeriod(preset, new Date());
          const chosen = days.from === period.from && days.to === period.to;
          return (
            <a
              key={preset}
              class="preset"
              href={roomHash("reports", { ...days, procedure: period.procedure })}
              aria-current={chosen ? "true" : undefined}
            >
              {r(`preset_${preset}`)}
            </a>
          );
        })}
      </nav>
      {(["from", "to"] as const).map((end) => (
        <div key={end} class="field">
          <label for={`${id}-${end}`}>{r(`period_${end}`)}</label>
          <input
            id={`${id}-${end}`}
            type="date"
            class="input"
            value={period[end]}
            min={end === "to" ? period.from : undefined}
            max={end === "from" ? period.to : undefined}
            onChange={(event) => event.currentTarget.value && go({ [end]: event.currentTarget.value })}
          />
        </div>
      ))}
      <div class="field">
        <label for={`${id}-procedure`}>{t("procedure")}</label>
        <select
          id={`${id}-procedure`}
          class="input"
          value={period.procedure}
          onChange={(event) => go({ procedure: event.currentTarget.value })}
        >
          <option value="">{t("allProcedures")}</option>
          {procedures.map(({ code, title }) => (
            <option key={code} value={code}>
              {title}
            </option>
          ))}
        </select>
      </div>
    </search>
  );
}
