// One conversation of the inbox: who, where from, what about, what was said last, and how long it waits.

import { formatTime } from "../../shared/format";
import { plain } from "../../shared/model/rich-text";
import { clock, waitedSeconds, waitTone } from "../model/waiting";
import { now } from "../state/now";
import { locale, named, t } from "../text";
import type { Row } from "../types";
import { StatusMark } from "./StatusMark";

interface Props {
  row: Row;
  href: string;
  current: boolean;
}

export function InboxRow({ row, href, current }: Props) {
  const { conversation_id, channel, merchant, mood, procedure, step, last, unread } = row;
  return (
    <a
      class={`inbox-row mood-${mood}`}
      href={href}
      data-conversation={conversation_id}
      aria-current={current ? "true" : undefined}
    >
      <span class="row-head">
        <span class={`channel channel-${channel}`}>{named("channel", channel)}</span>
        <strong class="row-name">{merchant?.name ?? t("unknownMerchant")}</strong>
        {mood !== "calm" && <span class={`mood mood-mark-${mood}`}>{named("mood", mood)}</span>}
        {unread > 0 && (
          <span class="unread">
            {unread}
            <span class="visually-hidden">{t("unread")}</span>
          </span>
        )}
      </span>
      <span class="row-state">
        <StatusMark row={row} />
        <Waiting row={row} />
      </span>
      <span class="row-about">
        {procedure ? [procedure.title, step].filter(Boolean).join(" · ") : t("noProcedure")}
      </span>
      {last && (
        <span class="row-last">
          <span class="row-words">
            {named("sender", last.sender)}：{plain(last.text)}
          </span>
          <time class="row-at" dateTime={last.at}>
            {formatTime(last.at, locale)}
          </time>
        </span>
      )}
    </a>
  );
}

/** Only the waiting tick; the words for screen readers do not. */
function Waiting({ row }: { row: Row }) {
  if (row.status !== "waiting" || row.waiting_since === null) return null;
  if (row.outside_hours) return <span class="wait">{t("leftMessage")}</span>;
  const seconds = waitedSeconds(row.waiting_since, now.value);
  return (
    <>
      {row.position !== null && <span class="row-position">{t("position", { position: row.position })}</span>}
      <span class={`wait wait-${waitTone(seconds)}`}>
        <span class="visually-hidden">{t("waited")}</span>
        <span class="wait-clock">{clock(seconds)}</span>
      </span>
    </>
  );
}
