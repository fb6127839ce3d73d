// The form inside a decision sheet: fields, what is wrong, and one button that does it.
import type { ComponentChildren } from "preact";
import { t } from "../text";
import { Notice } from "./Notice";

interface Props {
  problem: string | null;
  busy: boolean;
  confirm: string;
  tone: "ok" | "warn" | "danger" | "primary";
  submit(): void;
  close(): void;
  children: ComponentChildren;
}

export function SheetForm({ problem, busy, confirm, tone, submit, close, children }: Props) {
  function onSubmit(event: SubmitEvent) {
    event.preventDefault();
    submit();
  }

  return (
    <form class="sheet-form" onSubmit={onSubmit} noValidate>
      <div class="sheet-fields">{children}</div>
      <footer class="sheet-foot">
        {problem && <Notice tone="danger" text={problem} />}
        <div class="sheet-buttons">
          <button type="button" class="button" onClick={close}>
            {t("cancel")}
          </button>
          <button type="submit" class={`button button-${tone}`} aria-disabled={busy}>
            {busy ? t("working") : confirm}
          </button>
        </div>
      </footer>
    </form>
  );
}
