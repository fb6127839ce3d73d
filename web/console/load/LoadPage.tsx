// The lead's view: what is going on now, and how a period went; every chart with its numbers.
import { useEffect, useId, useRef } from "preact/hooks";
import { BarTable } from "../../shared/staff/charts/BarTable";
import { ColumnChart } from "../../shared/staff/charts/ColumnChart";
import { Figure } from "../../shared/staff/charts/Figure";
import { LineChart } from "../../shared/staff/charts/LineChart";
import { Loaded } from "../../shared/staff/ui/Loaded";
import { usePolling } from "../../shared/staff/ui/usePolling";
import { useRead } from "../../shared/staff/ui/useRead";
import { console_ } from "../api";
import { loadHash } from "../model/route";
import { moved } from "../state/inbox";
import { goTo } from "../state/route";
import { named, t } from "../text";
import type { Load } from "../types";
import { duration, handoversData, periodOf, share, waitData } from "./data";
import { Now } from "./Now";
import "./load.css";

const AGAIN_MS = 15_000;

export function LoadPage({ from, to }: { from: string; to: string }) {
  const period = periodOf(from, to, new Date());
  const main = useRef<HTMLElement>(null);
  const read = useRead(`${period.from} ${period.to}`, (signal) => console_.load(period.from, period.to, signal));
  useEffect(() => main.current?.focus(), []);
  usePolling(read.reload, AGAIN_MS);
  useReloadOn(moved.value, read.reload);
  return (
    <main class="load" id="content" tabIndex={-1} ref={main}>
      <header class="load-head">
        <h1>{t("load")}</h1>
        <Period from={period.from} to={period.to} />
      </header>
      <Loaded read={read}>{(load) => <Body load={load} />}</Loaded>
    </main>
  );
}

/** Not at the first look: that reads by itself. */
function useReloadOn(what: unknown, reload: () => void): void {
  const before = useRef(what);
  useEffect(() => {
    if (before.current !== what) reload();
    before.current = what;
  }, [what]);
}

function Period({ from, to }: { from: string; to: string }) {
  const id = useId();
  return (
    <div class="load-period">
      <div class="field">
        <label for={`${id}-from`}>{t("periodFrom")}</label>
        <input
          id={`${id}-from`}
          type="date"
          class="input"
          value={from}
          max={to}
          onChange={(event) => event.currentTarget.value && goTo(loadHash(event.currentTarget.value, to))}
        />
      </div>
      <div class="field">
        <label for={`${id}-to`}>{t("periodTo")}</label>
        <input
          id={`${id}-to`}
          type="date"
          class="input"
          value={to}
          min={from}
          onChange={(event) => event.currentTarget.value && goTo(loadHash(from, event.currentTarget.value))}
        />
      </div>
    </div>
  );
}

function Body({ load }: { load: Load }) {
  const { waits, first_reply, handling, service_level, suggestions, rating } = load;
  const accepted = suggestions.sent + suggestions.edited;
  const tiles: readonly (readonly [string, string])[] = [
    [t("medianWait"), duration(waits.median_s)],
    [t("p90Wait"), duration(waits.p90_s)],
    [t("medianReply"), duration(first_reply.median_s)],
    [t("medianHandling"), duration(handling.median_s)],
    [t("serviceLevel", { seconds: service_level.target_s }), share(service_level.share)],
    [t("rating", { count: rating.count }), rating.average === null ? "—" : rating.average.toFixed(1)],
  ];
  const byDay = handoversData(load);
  const byWait = waitData(load);
  const handoversGist = t("handoversGist", { count: waits.count });
  const waitGist = t("waitGist", { median: duration(waits.median_s), p90: duration(waits.p90_s) });
  return (
    <>
      <Now now={load.now} />
      <dl class="tiles">
        {tiles.map(([what, value]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div class="figures">
        <Figure title={t("handovers")} gist={handoversGist} data={byDay}>
          <ColumnChart data={byDay} summary={`${t("handovers")}：${handoversGist}`} />
        </Figure>
        <Figure title={t("waitByDay")} gist={waitGist} data={byWait}>
          <LineChart data={byWait} summary={`${t("waitByDay")}：${waitGist}`} />
        </Figure>
        <Figure
          title={t("outcomes")}
          gist={t("acceptance", { share: share(suggestions.shown > 0 ? accepted / suggestions.shown : null) })}
        >
          <BarTable
            title={t("outcomes")}
            bars={(["sent", "edited", "dismissed", "ignored"] as const).map((key) => ({
              key,
              title: named("outcome", key),
              count: suggestions[key],
            }))}
          />
        </Figure>
        <ByIntent intents={suggestions.by_intent} />
      </div>
    </>
  );
}

function ByIntent({ intents }: { intents: Load["suggestions"]["by_intent"] }) {
  return (
    <Figure title={t("byIntent")} gist={t("byIntentGist")}>
      {intents.length === 0 ? (
        <p class="soft">{t("noneShown")}</p>
      ) : (
        <table class="plain-table" aria-label={t("byIntent")}>
          <thead>
            <tr>
              <th scope="col">{t("intent")}</th>
              <th scope="col" class="number">
                {t("shown")}
              </th>
              <th scope="col" class="number">
                {t("accepted")}
              </th>
              <th scope="col" class="number">
                {t("share")}
              </th>
            </tr>
          </thead>
          <tbody>
            {intents.map((one) => (
              <tr key={one.intent}>
                <th scope="row">{one.intent}</th>
                <td class="number">{one.shown}</td>
                <td class="number">{one.accepted}</td>
                <td class="number">{share(one.shown > 0 ? one.accepted / one.shown : null)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Figure>
  );
}
