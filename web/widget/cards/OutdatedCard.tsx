// An older copy of a card that stands again further down: one quiet line instead of the same buttons twice.
import type { Block } from "../../shared/types";
import { Icon, type IconName } from "../components/Icon";
import { t } from "../text";
import { spoken } from "../text/sentences";

const ICONS: Partial<Record<Block["type"], IconName>> = {
  checklist: "list",
  progress: "clock",
  agreement: "wallet",
  form: "lock",
};

export function OutdatedCard({ block }: { block: Block }) {
  return (
    <p class="card-outdated">
      <Icon name={ICONS[block.type] ?? "file"} />
      {spoken(block)} · {t("card.moved")}
    </p>
  );
}
