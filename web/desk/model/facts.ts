// Facts that rest on the same clause name it once: at the warning among them, or else at the first.
import type { Fact } from "../types";

export function withClausesOnce(facts: readonly Fact[]): Fact[] {
  return facts.map((fact) => {
    const sharing = facts.filter((other) => other.clause === fact.clause);
    const bearer = sharing.find((other) => other.warning) ?? sharing[0];
    return bearer === fact ? fact : { ...fact, clause: null };
  });
}
