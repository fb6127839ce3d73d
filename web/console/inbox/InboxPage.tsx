// The inbox; with a conversation open it becomes the column at the left.
import { useEffect } from "preact/hooks";
import { useShortcuts } from "../../shared/staff/ui/shortcuts";
import { ConversationPage } from "../conversation/ConversationPage";
import type { Route } from "../model/route";
import { lookInto } from "../state/inbox";
import { goTo, hashOfLastInbox } from "../state/route";
import { t } from "../text";
import { BoxTabs } from "./BoxTabs";
import { InboxList } from "./InboxList";
import { InboxSearch } from "./InboxSearch";
import { moveRow } from "./rows";
import "./inbox.css";

type Place = Extract<Route, { page: "inbox" | "conversation" }>;

export function InboxPage({ current }: { current: Place }) {
  const open = current.page === "conversation" ? current.id : null;
  useEffect(() => lookInto(current.box, current.q), [current.box, current.q]);
  useShortcuts({
    j: () => moveRow(1),
    ArrowDown: () => moveRow(1),
    k: () => moveRow(-1),
    ArrowUp: () => moveRow(-1),
    u: () => open !== null && goTo(hashOfLastInbox()),
  });
  const list = (
    <>
      <BoxTabs current={current.box} />
      <InboxSearch box={current.box} q={current.q} />
      <InboxList box={current.box} q={current.q} open={open} />
    </>
  );
  if (open === null) {
    return (
      <main class="inbox inbox-whole" id="content" tabIndex={-1}>
        <h1 class="visually-hidden">{t("inbox")}</h1>
        {list}
      </main>
    );
  }
  return (
    <div class="workbench">
      <nav class="inbox inbox-column" aria-label={t("inbox")}>
        {list}
      </nav>
      <ConversationPage key={open} id={open} />
    </div>
  );
}
