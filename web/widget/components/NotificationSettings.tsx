// How the merchant hears of progress when the chat is closed, and the tie with WeChat: a small dialog over the chat.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { useSubmit } from "../hooks/submit";
import type { Preferences } from "../model/notifications";
import { useServices } from "../services";
import { t } from "../text";
import { sentenceFor } from "../text/sentences";
import "./dialogs.css";
import { NotificationForm } from "./NotificationForm";
import "./notification-settings.css";
import { WechatBinding } from "./WechatBinding";

export function NotificationSettings({ close }: { close: () => void }) {
  const { notifications, announcer } = useServices();
  const dialog = useRef<HTMLDialogElement>(null);
  const found = useSignal<Preferences | null>(null);
  const lost = useSignal<string | null>(null);
  const saving = useSubmit();
  useEffect(() => {
    dialog.current?.showModal();
    notifications.read().then(
      (preferences) => {
        found.value = preferences;
      },
      (why: unknown) => {
        lost.value = sentenceFor(why);
      },
    );
  }, [notifications, found, lost]);

  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="notify-title" onClose={close}>
      <h2 id="notify-title" class="dialog-title">
        {t("notify.title")}
      </h2>
      <p class="dialog-note">{t("notify.note")}</p>
      {found.value ? (
        <NotificationForm
          preferences={found.value}
          saving={saving}
          save={(wish) =>
            saving.run(async () => {
              await notifications.save(wish);
              announcer.say(t("notify.saved"));
              dialog.current?.close();
            })
          }
        />
      ) : (
        <p role="status">{lost.value ?? t("notify.loading")}</p>
      )}
      {found.value?.available.includes("wechat") && <WechatBinding />}
      <button type="button" class="button button-plain" onClick={() => dialog.current?.close()}>
        {t("notify.close")}
      </button>
    </dialog>
  );
}
