// The canned replies: one's own, and those of all, which the lead keeps.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Session } from "../../shared/staff/types";
import { Loaded } from "../../shared/staff/ui/Loaded";
import { useRead } from "../../shared/staff/ui/useRead";
import { replies } from "../api";
import { t } from "../text";
import type { Reply } from "../types";
import { ReplySheet } from "./ReplySheet";
import "../load/load.css";
import "./replies.css";

export function RepliesPage({ session }: { session: Session }) {
  const [q, setQ] = useState("");
  const [edited, setEdited] = useState<Reply | "new" | null>(null);
  const main = useRef<HTMLElement>(null);
  const read = useRead(q, (signal) => replies.find(q.trim(), null, signal));
  useEffect(() => main.current?.focus(), []);
  const isLead = session.role === "lead";

  function close(changed: boolean) {
    setEdited(null);
    if (changed) read.reload();
  }
  return (
    <main class="replies" id="content" tabIndex={-1} ref={main}>
      <header class="load-head">
        <h1>{t("replies")}</h1>
        <button type="button" class="button button-primary" onClick={() => setEdited("new")}>
          {t("replyNew")}
        </button>
      </header>
      <p class="soft">{t("repliesNote")}</p>
      <search>
        <input
          type="search"
          class="input"
          aria-label={t("findReply")}
          placeholder={t("findReplyHint")}
          value={q}
          onInput={(event) => setQ(event.currentTarget.value)}
        />
      </search>
      <Loaded
        read={read}
        empty={(items) => (items.length === 0 ? { title: t("noReply"), text: t("noReplyText") } : null)}
      >
        {(items) => (
          <ul class="reply-list">
            {items.map((reply) => (
              <li key={reply.id} class="reply">
                <p class="reply-head">
                  <strong>{reply.title}</strong>
                  {reply.shortcut && <kbd>{reply.shortcut}</kbd>}
                  <span class="soft">{[reply.group, t(reply.own ? "own" : "common")].filter(Boolean).join(" · ")}</span>
                  {(reply.own || isLead) && (
                    <button type="button" class="quiet-button" onClick={() => setEdited(reply)}>
                      {t("edit")}
                      <span class="visually-hidden">{reply.title}</span>
                    </button>
                  )}
                </p>
                <p class="reply-words">{reply.text}</p>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {edited && <ReplySheet reply={edited === "new" ? null : edited} isLead={isLead} close={close} />}
    </main>
  );
}
