// Says that the application has changed elsewhere; nothing moves under the reviewer's eyes until they ask.
import { t } from "../text";
import { Icon } from "../ui/Icon";

export function NewerBanner({ show }: { show: () => void }) {
  return (
    <div class="newer-banner" role="status">
      <Icon name="info" />
      <span>{t("changedElsewhere")}</span>
      <button type="button" class="quiet-button" onClick={show}>
        {t("showLatest")}
      </button>
    </div>
  );
}
