// Sends the caller a link by SMS, to upload papers from the phone.

import { formatTime } from "../../shared/format";
import { announce } from "../../shared/staff/ui/announce";
import { sentenceFor } from "../../shared/staff/ui/sentence";
import { calls } from "../api";
import { useChange } from "../conversation/useChange";
import type { Talk } from "../state/talk";
import { locale, t } from "../text";

export function UploadLink({ talk, identified }: { talk: Talk; identified: boolean }) {
  const change = useChange();

  function send() {
    if (!identified) return announce(t("linkNeedsIdentity"));
    void change.run(async () => {
      try {
        const { sent_to, expires_at } = await calls.uploadLink(talk.id);
        announce(t("linkSent", { to: sent_to, until: formatTime(expires_at, locale) }));
      } catch (why) {
        announce(sentenceFor(why));
      }
    });
  }
  return (
    <button type="button" class="button button-small" aria-disabled={change.busy} onClick={send}>
      {t("sendLink")}
    </button>
  );
}
