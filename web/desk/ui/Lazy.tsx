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
  if (failed) {
    return <EmptyState text={t("roomFailed")} action={{ title: t("reloadPage"), run: () => location.reload() }} />;
  }
  return part === null ? <EmptyState text={t("loading")} /> : h(part.Content, props);
}
