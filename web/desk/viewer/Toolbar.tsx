// The buttons above the picture: where one is, and how it is looked at.

import { Icon, type IconName } from "../../shared/staff/ui/Icon";
import type { DocumentFile } from "../../shared/types";
import { originalOf } from "../api";
import type { Leaf } from "../model/leaves";
import { t } from "../text";
import { ZOOM_STEP } from "./geometry";
import type { Stage } from "./useStage";

interface Props {
  stage: Stage;
  leaf: Leaf;
  file: DocumentFile | null;
  place: number;
  all: number;
  step(by: 1 | -1): void;
}

export function Toolbar({ stage, leaf, file, place, all, step }: Props) {
  return (
    <div class="toolbar">
      <div class="toolbar-group">
        <ToolButton icon="back" label={t("previous")} run={() => step(-1)} off={place === 0} />
        <span class="toolbar-place">{t("place", { place: place + 1, all })}</span>
        <ToolButton icon="forward" label={t("next")} run={() => step(1)} off={place === all - 1} />
      </div>
      {file && (
        <span class="toolbar-file">
          <span class="toolbar-file-name">{file.name}</span>
          {file.pages > 1 && <span class="soft">{t("pageOf", { page: leaf.page, pages: file.pages })}</span>}
        </span>
      )}
      {file && (
        <div class="toolbar-group">
          <ToolButton
            icon="minus"
            label={t("zoomOut")}
            run={() => stage.zoom(1 / ZOOM_STEP)}
            off={stage.view.zoom === 1}
          />
          <span class="toolbar-percent">{t("zoomNow", { percent: stage.percent })}</span>
          <ToolButton icon="plus" label={t("zoomIn")} run={() => stage.zoom(ZOOM_STEP)} />
          <ToolButton icon="whole" label={t("zoomWhole")} run={stage.whole} />
          <ToolButton icon="turnLeft" label={t("turnLeft")} run={() => stage.turn(-1)} />
          <ToolButton icon="turnRight" label={t("turnRight")} run={() => stage.turn(1)} />
          <a
            class="icon-button"
            href={originalOf(file.id)}
            download={file.name}
            aria-label={t("original")}
            title={t("original")}
          >
            <Icon name="download" />
          </a>
        </div>
      )}
    </div>
  );
}

interface ToolButtonProps {
  icon: IconName;
  label: string;
  run(): void;
  off?: boolean;
}

/** `aria-disabled` instead of `disabled`: the focus stays where it is when the end is reached. */
function ToolButton({ icon, label, run, off = false }: ToolButtonProps) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      aria-disabled={off}
      onClick={() => !off && run()}
    >
      <Icon name={icon} />
    </button>
  );
}
