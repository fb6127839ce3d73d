// Everything about the merchant of a conversation: who it is, what they have, what is going on, what colleagues wrote.
import type { Draft } from "../state/draft";
import type { Talk } from "../state/talk";
import { t } from "../text";
import type { Detail } from "../types";
import { Applications } from "./Applications";
import { EarlierList } from "./EarlierList";
import { Notes } from "./Notes";
import { Terminals } from "./Terminals";
import { Who } from "./Who";
import "./beside.css";

interface Props {
  talk: Talk;
  detail: Detail;
  /** Where a request to the merchant is written; null where nothing can be written. */
  draft: Draft | null;
}

export function Beside({ talk, detail, draft }: Props) {
  return (
    <aside class="beside" aria-label={t("beside")}>
      <Who talk={talk} detail={detail} />
      <Applications talk={talk} detail={detail} draft={draft} />
      <Notes talk={talk} detail={detail} />
      {detail.terminals.length > 0 && <Terminals terminals={detail.terminals} />}
      {detail.earlier.length > 0 && <EarlierList earlier={detail.earlier} />}
    </aside>
  );
}
