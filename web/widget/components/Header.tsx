// The head of the window: what this is, who answers at the moment, and a way to put it away.
import { useServices } from "../services";
import { t } from "../text";
import "./header.css";
import { Icon } from "./Icon";
import { SettingsButton } from "./SettingsButton";

export function Header({ title }: { title: string }) {
  const { conversation, host } = useServices();
  const status = conversation.loaded.value ? conversation.status.value : "connecting";
  return (
    <header class="header">
      <span class={`header-mark header-mark-${status}`}>
        <Icon name="chat" />
      </span>
      <div class="header-words">
        <h1 class="header-title">{title}</h1>
        <p class="header-status" role="status">
          {t(`status.${status}`)}
        </p>
      </div>
      <SettingsButton />
      {host.embedded && (
        <button type="button" class="icon-button" aria-label={t("app.close")} onClick={() => host.close()}>
          <Icon name="minimise" />
        </button>
      )}
    </header>
  );
}
