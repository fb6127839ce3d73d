// The way to the notification settings, once it is known who the merchant is; they are fetched when first opened.
import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useServices } from "../services";
import { t } from "../text";
import { Icon } from "./Icon";

type Settings = ComponentType<{ close: () => void }>;

export function SettingsButton() {
  const { conversation } = useServices();
  const open = useSignal(false);
  const part = useSignal<{ Settings: Settings } | null>(null);
  if (!conversation.identity.value) return null;

  const show = async () => {
    const { NotificationSettings } = await import("./NotificationSettings");
    part.value = { Settings: NotificationSettings };
    open.value = true;
  };
  return (
    <>
      <button type="button" class="icon-button" aria-label={t("notify.title")} onClick={() => void show()}>
        <Icon name="bell" />
      </button>
      {open.value && part.value && (
        <part.value.Settings
          close={() => {
            open.value = false;
          }}
        />
      )}
    </>
  );
}
