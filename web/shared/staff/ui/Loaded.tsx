// What is shown of something that is being read: itself, or that it is on its way, did not come, or is empty.
import type { ComponentChildren } from "preact";
import { t } from "../text";
import { EmptyState } from "./EmptyState";
import { Notice } from "./Notice";
import type { Read } from "./useRead";

interface Props<T> {
  read: Read<T>;
  /** Words for "there is nothing", when that is the case. */
  empty?: (value: T) => { title: string; text: string } | null;
  children: (value: T) => ComponentChildren;
}

export function Loaded<T>({ read, empty, children }: Props<T>) {
  const { value, problem, waiting, reload } = read;
  if (value === null) {
    if (problem === null) return <EmptyState text={t("loading")} />;
    return <EmptyState title={t("notLoaded")} text={problem} action={{ title: t("retry"), run: reload }} />;
  }
  const nothing = empty?.(value);
  return (
    <div class="loaded" aria-busy={waiting}>
      {problem && <Notice tone="warn" text={t("staleBecause", { problem })} />}
      {nothing ? <EmptyState {...nothing} /> : children(value)}
    </div>
  );
}
