// Whom the conversation is with, how it stands, and what can be done with all of it.
import { useState } from "preact/hooks";
import { announce } from "../../shared/staff/ui/announce";
import { Key } from "../../shared/staff/ui/Key";
import { Notice } from "../../shared/staff/ui/Notice";
import { sentenceFor } from "../../shared/staff/ui/sentence";
import { useShortcuts } from "../../shared/staff/ui/shortcuts";
import { conversations } from "../api";
import { StatusMark } from "../inbox/StatusMark";
import { conversationHash } from "../model/route";
import { goTo } from "../state/route";
import type { Talk } from "../state/talk";
import { named, t } from "../text";
import type { Detail } from "../types";
import { CloseSheet } from "./CloseSheet";
import { HandBackSheet } from "./HandBackSheet";
import { TransferSheet } from "./TransferSheet";

type Open = "hand_back" | "transfer" | "close" | null;

export function ConversationHead({ talk, detail }: { talk: Talk; detail: Detail }) {
  const [open, setOpen] = useState<Open>(null);
  const [busy, setBusy] = useState(false);
  const { row, allowed_actions: may } = detail;
  const close = () => setOpen(null);

  async function claim() {
    if (busy) return;
    setBusy(true);
    try {
      talk.adopt(await conversations.change(talk.id, "claim"));
      announce(t("claimed"));
      goTo(conversationHash(talk.id, "mine"), { replace: true });
    } catch (why) {
      announce(sentenceFor(why));
      await talk.readDetail();
    } finally {
      setBusy(false);
    }
  }
  useShortcuts({ c: () => may.includes("claim") && void claim() });

  return (
    <header class="conversation-head">
      <div class="conversation-who">
        <h1>{row.merchant?.name ?? t("unknownMerchant")}</h1>
        <span class={`channel channel-${row.channel}`}>{named("channel", row.channel)}</span>
        <StatusMark row={row} />
        {row.mood !== "calm" && <span class={`mood mood-mark-${row.mood}`}>{named("mood", row.mood)}</span>}
      </div>
      <div class="conversation-do">
        {may.includes("claim") && (
          <button
            type="button"
            class="button button-small button-primary"
            aria-disabled={busy}
            aria-keyshortcuts="c"
            onClick={() => void claim()}
          >
            {t("claim")}
            <Key name="C" />
          </button>
        )}
        {may.includes("transfer") && <Do title={t("transfer")} run={() => setOpen("transfer")} />}
        {may.includes("hand_back") && <Do title={t("handBack")} run={() => setOpen("hand_back")} />}
        {may.includes("close") && <Do title={t("end")} run={() => setOpen("close")} />}
      </div>
      {!talk.live.value && <Notice tone="warn" text={t("conversationOffline")} />}
      {row.held_back && <Notice tone="warn" text={t("heldBack")} />}
      {open === "hand_back" && <HandBackSheet talk={talk} close={close} />}
      {open === "transfer" && <TransferSheet talk={talk} close={close} />}
      {open === "close" && <CloseSheet talk={talk} close={close} />}
    </header>
  );
}

function Do({ title, run }: { title: string; run: () => void }) {
  return (
    <button type="button" class="button button-small" onClick={run}>
      {title}
    </button>
  );
}
