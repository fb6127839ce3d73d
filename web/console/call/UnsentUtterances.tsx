// What was noted down and is not at the service yet; what it took goes as soon as the transcript shows more.
import { useSignalEffect } from "@preact/signals";
import { Notice } from "../../shared/staff/ui/Notice";
import type { Talk } from "../state/talk";
import { named, t } from "../text";
import type { Utterances } from "./useCall";

export function UnsentUtterances({ talk, utterances }: { talk: Talk; utterances: Utterances }) {
  const items = utterances.items.value;
  useSignalEffect(() => {
    const delivered = utterances.items.value.flatMap((item) => (item.state === "delivered" ? [item.client_id] : []));
    if (delivered.length > 0 && talk.live.value) utterances.forget(delivered);
  });
  const waiting = items.filter((item) => item.state === "waiting" || item.state === "sending");
  const refused = items.filter((item) => item.state === "refused");
  return (
    <>
      {waiting.length > 0 && (
        <ul class="unsent" aria-label={t("unsent")}>
          {waiting.map((item) => (
            <li key={item.client_id}>
              {named("speaker", item.body.role)}：{item.body.text}
            </li>
          ))}
        </ul>
      )}
      {refused.map((item) => (
        <div key={item.client_id} class="turned-down">
          <Notice tone="danger" text={`${item.body.text} — ${item.detail || t("notSent")}`} />
          <button type="button" class="quiet-button" onClick={() => utterances.forget([item.client_id])}>
            {t("discard")}
          </button>
        </div>
      ))}
    </>
  );
}
