// Loads the picture of one page; the page after it is fetched ahead.
import { useEffect, useState } from "preact/hooks";
import type { Leaf } from "../model/leaves";
import { picture } from "./pictures";

export interface Picture {
  url: string | null;
  failed: boolean;
  retry(): void;
  /** The browser could not draw what came. */
  broken(): void;
}

export function usePicture(leaf: Leaf, ahead: Leaf | null): Picture {
  const [loaded, setLoaded] = useState<{ leaf: Leaf; url: string | null } | null>(null);
  const [attempt, setAttempt] = useState(0);
  const { fileId, page } = leaf;

  useEffect(() => {
    if (fileId === null) return;
    let current = true;
    setLoaded(null);
    picture(fileId, page).then(
      (url) => {
        if (!current) return;
        setLoaded({ leaf, url });
        if (ahead?.fileId) picture(ahead.fileId, ahead.page).catch(() => undefined);
      },
      () => current && setLoaded({ leaf, url: null }),
    );
    return () => {
      current = false;
    };
  }, [fileId, page, attempt]);

  return {
    url: loaded?.url ?? null,
    failed: loaded !== null && loaded.url === null,
    broken: () => setLoaded({ leaf, url: null }),
    retry: () => setAttempt((count) => count + 1),
  };
}
