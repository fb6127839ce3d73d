// The procedures to filter by; the list works without them.
import { useEffect, useState } from "preact/hooks";
import type { ProcedureTitle } from "../../shared/types";
import { procedures } from "../api";

export function useProcedures(): readonly ProcedureTitle[] {
  const [known, setKnown] = useState<readonly ProcedureTitle[]>([]);
  useEffect(() => {
    procedures.all().then(setKnown, () => undefined);
  }, []);
  return known;
}
