// A message of the merchant before it stands in the transcript: on its way, waiting for the network, or refused.
import type { Outgoing } from "../model/outgoing";
import { useServices } from "../services";
import { t } from "../text";
import { Icon } from "./Icon";
import { RichText } from "./RichText";

export function OutgoingRow({ item }: { item: Outgoing }) {
  const { sender } = useServices();
  const failed = item.state === "waiting" || item.state === "refused";
  return (
    <article class={`message from-merchant outgoing outgoing-${item.state}`} data-client-id={item.client_id}>
      <p class="visually-hidden">{t("sender.merchant")}</p>
      <p class="bubble">
        <RichText text={"text" in item.body ? item.body.text : item.body.title} />
      </p>
      <p class="outgoing-state" role={failed ? "status" : undefined}>
        {failed ? (
          <>
            <Icon name="alert" />
            {item.detail || t("message.waiting")}
            <button type="button" class="text-button" onClick={() => sender.retry(item.client_id)}>
              {t("message.retry")}
            </button>
            {item.state === "refused" && (
              <button type="button" class="text-button" onClick={() => sender.forget([item.client_id])}>
                {t("message.discard")}
              </button>
            )}
          </>
        ) : (
          t(item.state === "delivered" ? "message.delivered" : "message.sending")
        )}
      </p>
    </article>
  );
}
