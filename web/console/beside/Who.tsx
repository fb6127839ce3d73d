// Who the merchant is, and how that is known; a merchant who is not verified yet can be, by a code.
import { Icon } from "../../shared/staff/ui/Icon";
import { Section } from "../../shared/staff/ui/Section";
import type { Talk } from "../state/talk";
import { named, t } from "../text";
import type { Detail } from "../types";
import { VerifyForm } from "./VerifyForm";

export function Who({ talk, detail }: { talk: Talk; detail: Detail }) {
  const { identity } = detail;
  return (
    <Section title={t("who")}>
      {identity ? (
        <dl class="facts">
          <Fact what={t("merchantName")} value={identity.merchant_name} />
          <Fact what={t("merchantNo")} value={identity.merchant_no} code />
          <Fact what={t("phone")} value={identity.phone_masked} code />
          <div>
            <dt>{t("verifiedBy")}</dt>
            <dd class="verified">
              <Icon name="check" /> {named("method", identity.method)}
            </dd>
          </div>
        </dl>
      ) : (
        <>
          <p class="not-verified">
            <Icon name="question" /> {t("notVerified")}
          </p>
          {detail.row.channel === "phone" && detail.allowed_actions.includes("serve") && <VerifyForm talk={talk} />}
        </>
      )}
    </Section>
  );
}

function Fact({ what, value, code = false }: { what: string; value: string; code?: boolean }) {
  return (
    <div>
      <dt>{what}</dt>
      <dd class={code ? "code" : ""}>{value}</dd>
    </div>
  );
}
