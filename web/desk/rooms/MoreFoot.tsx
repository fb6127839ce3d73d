// The foot of a list: how much is shown, and the way to more.
import { t } from "../text";
import { r } from "./text";

interface Props {
  shown: number;
  more: (() => void) | null;
}

export function MoreFoot({ shown, more }: Props) {
  return (
    <div class="list-foot">
      <span class="soft small">{r("shown", { count: shown })}</span>
      {more && (
        <button type="button" class="button" onClick={more}>
          {t("loadMore")}
        </button>
      )}
    </div>
  );
}
