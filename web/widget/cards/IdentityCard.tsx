// Who the merchant is: a form until that is proved, then the name that was proved. Never through the chat.
import { StateBadge } from "../../shared/components/StateBadge";
import type { Block } from "../../shared/types";
import { Icon } from "../components/Icon";
import { useServices } from "../services";
import { t } from "../text";
import { Card } from "./Card";
import { IdentityForm } from "./IdentityForm";

type IdentityBlock = Extract<Block, { type: "form"; form: "identity" }>;

export function IdentityCard({ block }: { block: IdentityBlock }) {
  const { conversation } = useServices();
  const identity = conversation.identity.value;
  if (!identity) {
    return (
      <Card icon="lock" kind="identity" title={block.title}>
        <p class="card-note">{block.note || t("identity.safe")}</p>
        <IdentityForm merchantNo={block.prefill?.merchant_no ?? ""} phone={block.prefill?.phone ?? ""} />
      </Card>
    );
  }
  return (
    <Card
      icon="lock"
      kind="identity"
      title={block.title}
      badge={
        <StateBadge tone="ok">
          <Icon name="check" />
          {t("identity.done")}
        </StateBadge>
      }
    >
      <p class="card-note">
        {identity.merchant_name} · {identity.phone_masked}
      </p>
    </Card>
  );
}
