// Saved views as a row of links, the one that is open marked; saving what is asked for now, and deleting with a way back.
import { useState } from "preact/hooks";
import { announce } from "../../shared/staff/ui/announce";
import { Icon } from "../../shared/staff/ui/Icon";
import { sentenceFor } from "../../shared/staff/ui/sentence";
import { isNarrowed, listHash, wholeQuery } from "../model/route";
import { t } from "../text";
import type { CaseQuery, SavedView } from "../types";
import { SaveViewSheet } from "./SaveViewSheet";
import { useViews } from "./useViews";

export function SavedViews({ query }: { query: CaseQuery }) {
  const views = useViews();
  const [saving, setSaving] = useState(false);
  const here = listHash(query);
  const isOpen = (view: SavedView) => listHash(wholeQuery(view.query)) === here;
  const mayBeSaved = isNarrowed(query) && !views.items.some(isOpen);

  async function remove(view: SavedView) {
    try {
      await views.remove(view);
      const run = () => void views.save(view.name, wholeQuery(view.query)).catch((why) => announce(sentenceFor(why)));
      announce(t("viewDeleted", { name: view.name }), { title: t("undo"), run });
    } catch (why) {
      announce(sentenceFor(why));
    }
  }

  if (views.items.length === 0 && !mayBeSaved) return null;
  return (
    <nav class="views" aria-label={t("views")}>
      <ul>
        {views.items.map((view) => (
          <li key={view.id} class={isOpen(view) ? "view view-open" : "view"}>
            <a href={listHash(wholeQuery(view.query))} aria-current={isOpen(view) ? "page" : undefined}>
              {view.name}
            </a>
            {isOpen(view) && (
              <button
                type="button"
                class="icon-button"
                aria-label={t("viewDelete", { name: view.name })}
                onClick={() => void remove(view)}
              >
                <Icon name="close" />
              </button>
            )}
          </li>
        ))}
      </ul>
      {mayBeSaved && (
        <button type="button" class="quiet-button" onClick={() => setSaving(true)}>
          <Icon name="plus" />
          {t("viewSave")}
        </button>
      )}
      {saving && <SaveViewSheet query={query} save={views.save} close={() => setSaving(false)} />}
    </nav>
  );
}
