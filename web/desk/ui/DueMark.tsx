// A deadline as a traffic light that can also be read: colour, icon and words say the same.
import { formatDay } from "../../shared/format";
import { Icon } from "../../shared/staff/ui/Icon";
import type { Deadline } from "../../shared/types";
import { type Due, dueOn } from "../model/due";
import { locale, t } from "../text";
import "./due-mark.css";

export function DueMark({ deadline }: { deadline: Deadline | null }) {
  if (deadline === null) return <span class="soft">{t("noDeadline")}</span>;
  const due = dueOn(deadline.date, new Date());
  return (
    <span class={`due due-${due.tone}`}>
      <Icon name={due.tone === "overdue" ? "warning" : "clock"} />
      <span class="due-words">{inWords(due)}</span>
      <span class="due-date">
        {formatDay(deadline.date, locale)}
        {deadline.provisional && ` · ${t("dueProvisional")}`}
      </span>
    </span>
  );
}

function inWords({ tone, days }: Due): string {
  if (tone === "overdue") return t("dueOverdue", { days: -days });
  if (tone === "today") return t("dueToday");
  return days === 1 ? t("dueTomorrow") : t("dueSoon", { days });
}
