// A message of the agent before it stands in the transcript: on its way, waiting for the network, or turned down.
import { Icon } from "../../shared/staff/ui/Icon";
import { type Draft, mayConfirm } from "../state/draft";
import type { Outgoing, Talk } from "../state/talk";
import { t } from "../text";
import type { DraftWarning } from "../types";

interface Props {
  talk: Talk;
  draft: Draft;
  item: Outgoing;
}

export function OutgoingRow({ talk, draft, item }: Props) {
  return (
    <article class={`said-by said-agent outgoing outgoing-${item.state}`} data-client-id={item.client_id}>
      <p class="visually-hidden">{t("sender_agent")}</p>
      <p class="bubble">{item.body.text}</p>
      {item.state === "refused" ? (
        <TurnedDown talk={talk} draft={draft} item={item} />
      ) : (
        <p class="said-when" role={item.state === "waiting" ? "status" : undefined}>
          {t(`outgoing_${item.state}`)}
        </p>
      )}
    </article>
  );
}

/** Says why, and leaves what to do to the agent: mend it, or send it all the same. */
function TurnedDown({ talk, draft, item }: Props) {
  const problem = talk.post.refusals.value.get(item.client_id);
  const warnings = (problem?.body.warnings as DraftWarning[] | undefined) ?? [];
  const mayInsist = problem?.code === "moved_on" || (problem?.code === "draft_warns" && mayConfirm(warnings));

  function mend() {
    talk.post.forget([item.client_id]);
    draft.restore(item.body.text, item.body.suggestion_id);
  }
  return (
    <div class="turned-down" role="alert">
      <p>
        <Icon name="warning" /> {problem?.code === "moved_on" ? t("movedOn") : item.detail || t("notSent")}
      </p>
      {warnings.length > 0 && (
        <ul>
          {warnings.map((warning) => (
            <li key={`${warning.code} ${warning.from}`}>{warning.text}</li>
          ))}
        </ul>
      )}
      <p class="turned-down-do">
        <button type="button" class="button button-small" onClick={mend}>
          {t("mend")}
        </button>
        {mayInsist && (
          <button
            type="button"
            class="button button-small"
            onClick={() =>
              talk.sendAnyway(
                item,
                warnings.map(({ code }) => code),
              )
            }
          >
            {t("sendAnyway")}
          </button>
        )}
        <button type="button" class="quiet-button" onClick={() => talk.post.forget([item.client_id])}>
          {t("discard")}
        </button>
      </p>
    </div>
  );
}
