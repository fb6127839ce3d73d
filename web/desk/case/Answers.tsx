// What the merchant wrote; what was given in the secure form is masked by the service.
import type { Application } from "../../shared/types";
import { t } from "../text";
import type { CaseDetail } from "../types";
import { Icon } from "../ui/Icon";
import { Row } from "./Row";
import { Section } from "./Section";

interface Props {
  application: Application;
  merchant: CaseDetail["merchant"];
}

export function Answers({ application, merchant }: Props) {
  const { terminal } = application;
  return (
    <Section title={t("answers")}>
      <dl>
        <Row label={t("merchantNo")}>
          <span class="code">{merchant.merchant_no}</span>
        </Row>
        <Row label={t("contactPhone")}>{merchant.phone_masked}</Row>
        {terminal && (
          <Row label={t("terminal")}>
            {t("terminalValue", { no: terminal.terminal_no, model: terminal.model, tail: terminal.sn_tail })}
          </Row>
        )}
        {application.answers.map((answer) => (
          <Row key={answer.field} label={answer.label}>
            {answer.display}
            {answer.secure && (
              <span class="secure-mark">
                <Icon name="lock" />
                <span class="visually-hidden">{t("secureAnswer")}</span>
              </span>
            )}
          </Row>
        ))}
      </dl>
    </Section>
  );
}
