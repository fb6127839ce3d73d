// A clause is read once, where it matters most.
import { expect, test } from "vitest";
import { withClausesOnce } from "./facts";

const fact = (label: string, clause: string | null, warning = false) => ({ label, value: "", warning, clause });

test("a shared clause stays at the warning, or at the first without one", () => {
  const shown = withClausesOnce([
    fact("a", "one"),
    fact("b", "one", true),
    fact("c", "two"),
    fact("d", null),
    fact("e", "two"),
  ]);
  expect(shown.map(({ label, clause }) => clause && label)).toEqual([null, "b", "c", null, null]);
});
