// The views that this person has saved: reading, saving and deleting them.
import { useEffect, useState } from "preact/hooks";
import { views } from "../api";
import type { CaseQuery, SavedView } from "../types";

export interface Views {
  items: readonly SavedView[];
  save(name: string, query: CaseQuery): Promise<void>;
  remove(view: SavedView): Promise<void>;
}

export function useViews(): Views {
  const [items, setItems] = useState<readonly SavedView[]>([]);
  useEffect(() => {
    // The list works without them.
    views.all().then(setItems, () => undefined);
  }, []);

  async function save(name: string, query: CaseQuery) {
    const saved = await views.save(name, query);
    setItems((now) => [...now, saved]);
  }
  async function remove({ id }: SavedView) {
    await views.remove(id);
    setItems((now) => now.filter((view) => view.id !== id));
  }
  return { items, save, remove };
}
