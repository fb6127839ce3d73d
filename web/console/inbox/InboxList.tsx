// The rows of a box, in the order of the service; `c` claims the one that has the focus.
import { announce } from "../../shared/staff/ui/announce";
import { EmptyState } from "../../shared/staff/ui/EmptyState";
import { Notice } from "../../shared/staff/ui/Notice";
import { sentenceFor } from "../../shared/staff/ui/sentence";
import { useShortcuts } from "../../shared/staff/ui/shortcuts";
import { conversations } from "../api";
import { conversationHash } from "../model/route";
import { inbox, readInbox, readMore } from "../state/inbox";
import { goTo } from "../state/route";
import { named, t } from "../text";
import type { Box } from "../types";
import { InboxRow } from "./InboxRow";
import { focusedConversation } from "./rows";

interface Props {
  box: Box;
  q: string;
  /** The conversation that is open beside the list. */
  open: string | null;
}

export function InboxList({ box, q, open }: Props) {
  const { rows, problem, nextCursor } = inbox.value;

  async function claim() {
    const id = focusedConversation();
    if (id === null) return;
    try {
      await conversations.change(id, "claim");
      goTo(conversationHash(id, "mine"));
    } catch (why) {
      announce(sentenceFor(why));
      void readInbox();
    }
  }
  // With a conversation open the key is that conversation's.
  useShortcuts(open === null ? { c: () => void claim() } : {});

  if (rows === null) return problem ? <Notice tone="danger" text={problem} /> : <EmptyState text={t("loading")} />;
  return (
    <div class="inbox-rows">
      {problem && <Notice tone="warn" text={problem} />}
      {rows.length === 0 ? (
        <EmptyState text={q === "" ? named("empty", box) : t("nothingFound")} />
      ) : (
        <ul aria-label={named("box", box)}>
          {rows.map((row) => (
            <li key={row.conversation_id}>
              <InboxRow
                row={row}
                href={conversationHash(row.conversation_id, box, q)}
                current={row.conversation_id === open}
              />
            </li>
          ))}
        </ul>
      )}
      {nextCursor !== null && (
        <button type="button" class="button button-small inbox-more" onClick={readMore}>
          {t("loadMore")}
        </button>
      )}
    </div>
  );
}
