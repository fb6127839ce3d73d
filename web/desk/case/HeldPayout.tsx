// A payout that waits for a second pair of eyes: why, and who may not be that pair.

import { Icon } from "../../shared/staff/ui/Icon";
import { named, t } from "../text";
import type { CaseDetail, CasePayout } from "../types";

export function heldWords({ held_because }: CasePayout): string {
  return t("heldBecause", { why: held_because.map((each) => named("held", each)).join(t("changeJoin")) });
}

export function HeldPayout({ payout, allowed_actions }: CaseDetail) {
  if (payout?.state !== "held") return null;
  const mine = allowed_actions.includes("release_payout");
  return (
    <section class="held" aria-label={t("heldTitle")}>
      <h2>
        <Icon name="lock" />
        {t("heldTitle")}
      </h2>
      <p>{heldWords(payout)}</p>
      {payout.approved_by && <p>{t("heldApprovedBy", { name: payout.approved_by })}</p>}
      {!mine && <p class="soft">{t("heldForOthers")}</p>}
    </section>
  );
}
