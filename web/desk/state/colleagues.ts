// Who else works here; read once for each session, and every page works without it.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { colleagues } from "../../shared/staff/api";
import { sessionState } from "../../shared/staff/session";
import type { Colleague } from "../../shared/staff/types";

const known = signal<readonly Colleague[] | null>(null);
sessionState.subscribe((state) => {
  if (state.kind === "signed_out") known.value = null;
});

export function useColleagues(): readonly Colleague[] {
  useEffect(() => {
    if (known.value !== null) return;
    colleagues.all().then(
      (items) => {
        known.value = items;
      },
      () => undefined,
    );
  }, []);
  return known.value ?? [];
}
