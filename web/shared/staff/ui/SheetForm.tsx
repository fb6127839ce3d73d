// The form inside a decision sheet: fields, what is wrong, and one button that does it.
import type { ComponentChildren } from "preact";
import { t } from "../text";
import { Key } from "./Key";
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

  /** Enter in a box of several lines is a new line; with Ctrl or ⌘ it confirms. */
  function onKeyDown(event: KeyboardEvent & { currentTarget: HTMLFormElement }) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || event.repeat) return;
    event.preventDefault();
    event.currentTarget.requestSubmit();
  }

  return (
    <form class="sheet-form" onSubmit={onSubmit} onKeyDown={onKeyDown} noValidate>
      <div class="sheet-fields">{children}</div>
      <footer class="sheet-foot">
        {problem && <Notice tone="danger" text={problem} />}
        <div class="sheet-buttons">
          {/* Without a field that asks for it first, the focus begins where it does no harm; one key further it confirms. */}
          <button type="button" class="button" autofocus onClick={close}>
            {t("cancel")}
          </button>
          <button type="submit" class={`button button-${tone}`} aria-disabled={busy}>
            {busy ? t("working") : confirm}
            <Key name="Ctrl ↵" />
          </button>
        </div>
      </footer>
    </form>
  );
}
