// Reconciliation: what was counted on each side, and every difference in a plain sentence.
import { formatDayTime } from "../../../shared/format";
import { Icon } from "../../../shared/staff/ui/Icon";
import { Loaded } from "../../../shared/staff/ui/Loaded";
import { useRead } from "../../../shared/staff/ui/useRead";
import { caseHash } from "../../model/route";
import { locale, named } from "../../text";
import { reconciliation } from "../api";
import { RoomFrame } from "../RoomFrame";
import { r, roomWord } from "../text";
import type { Reconciliation } from "../types";
import "./reconciliation.css";

export function ReconciliationPage() {
  const read = useRead("now", reconciliation.read);
  const again = (
    <button type="button" class="button" aria-disabled={read.waiting} onClick={read.reload}>
      {r(read.waiting ? "reconciling" : "reconcileAgain")}
    </button>
  );
  return (
    <RoomFrame title={named("room", "reconciliation")} note={r("reconciliationNote")} actions={again}>
      <Loaded read={read}>{(found) => <Found found={found} />}</Loaded>
    </RoomFrame>
  );
}

function Found({ found }: { found: Reconciliation }) {
  const agrees = found.differences.length === 0;
  return (
    <>
      <section class={`verdict ${agrees ? "verdict-ok" : "verdict-bad"}`} aria-label={r("verdict")}>
        <Icon name={agrees ? "check" : "warning"} />
        <div>
          <h2>{agrees ? r("agrees") : r("differs", { count: found.differences.length })}</h2>
          <p>{r("reconciledAt", { time: formatDayTime(found.at, locale) })}</p>
        </div>
      </section>
      <dl class="counted" aria-label={r("countedTitle")}>
        {Object.entries(found.counted).map(([what, count]) => (
          <div key={what}>
            <dt>{roomWord("counted", what)}</dt>
            <dd>{count.toLocaleString(locale)}</dd>
          </div>
        ))}
      </dl>
      {!agrees && <Differences found={found} />}
    </>
  );
}

function Differences({ found }: { found: Reconciliation }) {
  return (
    <ol class="differences" aria-label={r("differences")}>
      {found.differences.map((difference) => (
        <li key={`${difference.kind} ${difference.application_no} ${difference.text}`}>
          <Icon name="warning" />
          <p>
            {difference.text}
            {difference.application_no && (
              <a class="code" href={caseHash(difference.application_no)}>
                {difference.application_no}
              </a>
            )}
          </p>
        </li>
      ))}
    </ol>
  );
}
