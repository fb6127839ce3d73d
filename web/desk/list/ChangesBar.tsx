// Says that the list has changed behind the rows, which stay where they are until they are asked to move.

import { Icon } from "../../shared/staff/ui/Icon";
import { Key } from "../../shared/staff/ui/Key";
import { t } from "../text";

interface Props {
  arrived: number;
  left: number;
  show(): void;
}

export function ChangesBar({ arrived, left, show }: Props) {
  return (
    <div class="changes-bar" role="status">
      {(arrived > 0 || left > 0) && (
        <>
          <Icon name="info" />
          <span>
            {[arrived > 0 && t("listArrived", { count: arrived }), left > 0 && t("listLeft", { count: left })]
              .filter(Boolean)
              .join(t("listComma"))}
          </span>
          <button type="button" class="quiet-button" onClick={show}>
            {t("listRefresh")}
            <Key name="." />
          </button>
        </>
      )}
    </div>
  );
}
