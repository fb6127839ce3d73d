// The usual requests as buttons: the first few procedures in the service's order, and the rest when asked for.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { ProcedureTitle } from "../../shared/types";
import { startersOf } from "../model/starters";
import { useServices } from "../services";
import { t } from "../text";
import { Icon } from "./Icon";

export function Starters() {
  const { api, sender } = useServices();
  const titles = useSignal<readonly string[]>([]);
  const all = useSignal(false);
  const firstOfRest = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Without the list the two fixed starters remain, and everything can be typed.
    api.get<{ items: ProcedureTitle[] }>("/v1/procedures").then(
      ({ items }) => {
        titles.value = items.map((procedure) => procedure.title);
      },
      () => undefined,
    );
  }, [api, titles]);
  useEffect(() => {
    if (all.value) firstOfRest.current?.focus();
  }, [all.value]);
  const { first, rest } = startersOf(titles.value, [t("welcome.progress"), t("welcome.person")]);
  const starter = (title: string, index?: number) => (
    <li key={title}>
      <button
        ref={index === 0 ? firstOfRest : undefined}
        type="button"
        class="choice"
        onClick={() => sender.send({ text: title })}
      >
        {title}
      </button>
    </li>
  );
  return (
    <ul class="welcome-starters" aria-label={t("welcome.starters")}>
      {first.map((title) => starter(title))}
      {rest.length > 0 && !all.value && (
        <li>
          <button type="button" class="choice choice-more" onClick={() => (all.value = true)}>
            {t("welcome.more")}
            <Icon name="minimise" />
          </button>
        </li>
      )}
      {all.value && rest.map(starter)}
    </ul>
  );
}
