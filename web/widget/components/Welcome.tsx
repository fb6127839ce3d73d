// What stands above the first message: who we are, and the usual requests as buttons until one was made.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useServices } from "../services";
import { t } from "../text";
import { Icon } from "./Icon";
import "./welcome.css";

interface ProcedureList {
  items: { title: string }[];
}

export function Welcome({ untouched }: { untouched: boolean }) {
  const { api, sender } = useServices();
  const titles = useSignal<readonly string[]>([]);
  useEffect(() => {
    // Without the list the two fixed starters remain, and everything can be typed.
    api.get<ProcedureList>("/v1/procedures").then(
      ({ items }) => {
        titles.value = items.map((procedure) => procedure.title);
      },
      () => undefined,
    );
  }, [api, titles]);
  const starters = [...new Set([...titles.value, t("welcome.progress"), t("welcome.person")])];
  return (
    <section class="welcome">
      <span class="welcome-mark">
        <Icon name="chat" />
      </span>
      <h2 class="welcome-title">{t("welcome.title")}</h2>
      <p class="welcome-text">{t("welcome.text")}</p>
      {untouched && (
        <ul class="welcome-starters" aria-label={t("welcome.starters")}>
          {starters.map((starter) => (
            <li key={starter}>
              <button type="button" class="choice" onClick={() => sender.send({ text: starter })}>
                {starter}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
