// Whether the chain of entries holds; when it does not, which row is the first that was touched.

import { Icon } from "../../../shared/staff/ui/Icon";
import { useRead } from "../../../shared/staff/ui/useRead";
import { locale, t } from "../../text";
import { audit } from "../api";
import { r, roomWord } from "../text";

export function ChainState() {
  const { value, waiting, problem, reload } = useRead("chain", audit.verify);
  const broken = value?.broken;
  const tone = waiting ? "wait" : problem ? "warn" : value?.ok ? "ok" : "bad";
  return (
    <section class={`chain chain-${tone}`} aria-label={r("chain")} aria-busy={waiting}>
      <Icon name={tone === "ok" ? "check" : tone === "wait" ? "clock" : "warning"} />
      <p role={tone === "bad" ? "alert" : "status"}>
        {waiting && r("chainWaiting")}
        {!waiting && problem && r("chainUnknown", { problem })}
        {!waiting && !problem && value?.ok && r("chainOk", { count: value.checked.toLocaleString(locale) })}
        {!waiting && !problem && broken && (
          <>
            <strong>{r("chainBroken", { table: roomWord("table", broken.table), row: broken.row })}</strong>{" "}
            {broken.text}
          </>
        )}
      </p>
      <button type="button" class="button button-small" aria-disabled={waiting} onClick={reload}>
        {problem ? t("retry") : r("chainAgain")}
      </button>
    </section>
  );
}
