// The machines that the merchant has.
import { formatFen } from "../../shared/format";
import { Section } from "../../shared/staff/ui/Section";
import { named, t } from "../text";
import type { Terminal } from "../types";

export function Terminals({ terminals }: { terminals: readonly Terminal[] }) {
  return (
    <Section title={t("terminals")}>
      <ul class="lines">
        {terminals.map((terminal) => (
          <li key={terminal.terminal_no}>
            <span>
              {terminal.model} <span class="code">{terminal.terminal_no}</span>
            </span>
            <span class="soft">
              {[
                named("terminal", terminal.status),
                terminal.deposit_fen !== null && t("deposit", { sum: formatFen(terminal.deposit_fen) }),
              ]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
