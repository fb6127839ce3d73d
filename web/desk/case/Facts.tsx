// What the contract and the acquirer's records say; what needs attention is marked, with the clause it rests on.

import { Icon } from "../../shared/staff/ui/Icon";
import { Section } from "../../shared/staff/ui/Section";
import { withClausesOnce } from "../model/facts";
import { t } from "../text";
import type { Fact } from "../types";
import { Row } from "./Row";

export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <Section title={t("facts")}>
      {facts.length === 0 ? (
        <p class="soft">{t("noFacts")}</p>
      ) : (
        <dl>
          {withClausesOnce(facts).map((fact) => (
            <Row key={fact.label} label={fact.label} warning={fact.warning}>
              {fact.warning && (
                <span class="warning-mark">
                  <Icon name="warning" />
                  {t("factWarning")}
                </span>
              )}
              {fact.value}
              {fact.clause && <span class="clause">{fact.clause}</span>}
            </Row>
          ))}
        </dl>
      )}
    </Section>
  );
}
