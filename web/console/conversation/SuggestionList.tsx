// The suggestions as cards: the words, how sure, why, and on which source; the panel in other systems shows the same.
import { Icon } from "../../shared/staff/ui/Icon";
import { Key } from "../../shared/staff/ui/Key";
import { Notice } from "../../shared/staff/ui/Notice";
import { named, t } from "../text";
import type { Suggestion, Suggestions } from "../types";
import "./suggestions.css";

interface Props {
  made: Suggestions;
  withdrawn: boolean;
  insert: ((suggestion: Suggestion) => void) | null;
  dismiss: ((suggestion: Suggestion) => void) | null;
}

export function SuggestionList({ made, withdrawn, insert, dismiss }: Props) {
  return (
    <section class={`suggestions ${withdrawn ? "suggestions-withdrawn" : ""}`} aria-label={t("suggestions")}>
      {made.warning && !withdrawn && <Notice tone="warn" text={made.warning.text} />}
      <p class="suggestions-head">
        {withdrawn ? (
          <span role="status">{t("withdrawn")}</span>
        ) : (
          made.meanings.length > 0 && (
            <>
              <span class="soft">{t("perhaps")}</span>
              {made.meanings.map((meaning) => (
                <span key={meaning.intent} class="meaning">
                  {meaning.title} {percent(meaning.confidence)}
                </span>
              ))}
            </>
          )
        )}
      </p>
      {made.items.length > 0 && (
        <ol class="suggestion-cards">
          {made.items.map((item) => (
            <li key={item.id} class="suggestion" data-suggestion={item.id}>
              <Head item={item} />
              <p class="suggestion-text">{item.text}</p>
              <About item={item} />
              {insert && dismiss && (
                <p class="suggestion-do">
                  <button
                    type="button"
                    class="button button-small"
                    aria-disabled={withdrawn}
                    aria-label={t("insertOf", { title: item.title })}
                    onClick={() => insert(item)}
                  >
                    {t("insert")}
                    <Key name={`Alt ${item.rank}`} />
                  </button>
                  <button
                    type="button"
                    class="icon-button"
                    aria-disabled={withdrawn}
                    aria-label={t("dismissOf", { title: item.title })}
                    onClick={() => dismiss(item)}
                  >
                    <Icon name="close" />
                  </button>
                </p>
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Head({ item }: { item: Suggestion }) {
  return (
    <p class="suggestion-head">
      <span class="suggestion-kind">{named("kind", item.kind)}</span>
      <strong>{item.title}</strong>
      <span class="suggestion-sure">
        <span class="visually-hidden">{t("confidence")}</span>
        {percent(item.confidence)}
      </span>
    </p>
  );
}

function About({ item }: { item: Suggestion }) {
  const { source } = item;
  return (
    <p class="suggestion-about">
      {item.reason}
      {source && (
        <span class={`source source-${source.status}`}>
          {t("source", { title: source.title })} · {named("sourceStatus", source.status)}
          {source.reviewed_on && ` · ${source.reviewed_on}`}
        </span>
      )}
    </p>
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
