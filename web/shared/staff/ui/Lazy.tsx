// A part of the desk that is fetched when somebody opens it.
import { type ComponentType, h } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../text";
import { EmptyState } from "./EmptyState";

interface Props<P> {
  load(): Promise<ComponentType<P>>;
  with: P;
}

export function Lazy<P extends object>({ load, with: props }: Props<P>) {
  const [part, setPart] = useState<{ Content: ComponentType<P> } | null>(null);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    let left = false;
    load().then(
      (Content) => left || setPart({ Content }),
      () => left || setFailed(true),
    );
    return () => {
      left = true;
    };
  }, []);

  // After an update of the service the page's old parts are gone: only the whole page loaded anew knows the new ones.
  const reload = { title: t("reloadPage"), run: () => location.reload() };
  if (part !== null) return h(part.Content, props);
  return (
    <main id="content" tabIndex={-1}>
      <EmptyState text={t(failed ? "roomFailed" : "loading")} action={failed ? reload : undefined} />
    </main>
  );
}
