// This moment: who waits and for how long, and what each agent has in hand.
import { named, t } from "../text";
import type { Load } from "../types";
import { duration } from "./data";

export function Now({ now }: { now: Load["now"] }) {
  return (
    <section class="now" aria-label={t("now")}>
      <dl class="tiles now-tiles">
        <div class={now.waiting > 0 ? "tile-warn" : ""}>
          <dt>{t("nowWaiting")}</dt>
          <dd>{now.waiting}</dd>
        </div>
        <div>
          <dt>{t("nowLongest")}</dt>
          <dd>{duration(now.longest_wait_s)}</dd>
        </div>
        <div>
          <dt>{t("nowServing")}</dt>
          <dd>{now.serving}</dd>
        </div>
      </dl>
      <table class="plain-table agents" aria-label={t("agents")}>
        <thead>
          <tr>
            <th scope="col">{t("agent")}</th>
            <th scope="col">{t("presence")}</th>
            <th scope="col">{t("inHand")}</th>
          </tr>
        </thead>
        <tbody>
          {now.agents.map((agent) => (
            <tr key={agent.id}>
              <th scope="row">{agent.name}</th>
              <td>
                <span class={`presence-dot presence-dot-${agent.state}`} aria-hidden="true" />
                {named("presence", agent.state)}
              </td>
              <td>
                <meter
                  min={0}
                  max={Math.max(1, agent.capacity)}
                  high={Math.max(1, agent.capacity) - 0.5}
                  value={agent.open}
                  aria-label={t("inHandOf", { name: agent.name })}
                />{" "}
                {agent.open} / {agent.capacity}
              </td>
            </tr>
          ))}
          {now.agents.length === 0 && (
            <tr>
              <td colSpan={3} class="soft">
                {t("noAgents")}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}
