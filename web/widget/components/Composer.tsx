// Where the merchant writes. Enter sends, Shift+Enter breaks the line, an input method's Enter does neither.
import { useSignal } from "@preact/signals";
import type { Ref } from "preact";
import { useImperativeHandle, useLayoutEffect, useRef } from "preact/hooks";
import { sends } from "../../shared/model/keys";
import { useServices } from "../services";
import { t } from "../text";
import "./composer.css";
import { FileButton } from "./FileButton";
import { Icon } from "./Icon";

const MAX_LENGTH = 2_000;
const WARN_BELOW = 100;
const SCROLL_KEYS: ReadonlySet<string> = new Set(["PageUp", "PageDown", "Home", "End"]);

export interface ComposerHandle {
  focus(): void;
}

interface Props {
  ref: Ref<ComposerHandle>;
  offer: (files: readonly File[]) => void;
}

export function Composer({ ref, offer }: Props) {
  const { sender } = useServices();
  const draft = useSignal("");
  const box = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(ref, () => ({ focus: () => box.current?.focus({ preventScroll: true }) }), []);
  useLayoutEffect(() => grow(box.current), [draft.value]);

  const send = () => {
    const text = draft.value.trim();
    if (!text) return;
    sender.send({ text });
    draft.value = "";
    box.current?.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (sends(event)) {
      event.preventDefault();
      send();
    } else if (draft.value === "" && SCROLL_KEYS.has(event.key)) {
      event.preventDefault();
      scrollTranscript(event.key);
    }
  };
  const left = MAX_LENGTH - draft.value.length;
  return (
    <form
      class="composer"
      aria-label={t("composer.form")}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <FileButton class="icon-button" label={t("composer.attach")} take={offer}>
        <Icon name="plus" />
      </FileButton>
      <div class="composer-field">
        <textarea
          ref={box}
          id="composer"
          class="composer-box"
          rows={1}
          maxLength={MAX_LENGTH}
          enterkeyhint="send"
          aria-label={t("composer.label")}
          placeholder={t("composer.placeholder")}
          value={draft.value}
          onInput={(event) => {
            draft.value = event.currentTarget.value;
          }}
          onKeyDown={onKeyDown}
        />
        {left < WARN_BELOW && <p class="composer-left">{t("composer.left", { n: left })}</p>}
      </div>
      <button type="submit" class="composer-send" aria-label={t("composer.send")} disabled={draft.value.trim() === ""}>
        <Icon name="send" />
      </button>
    </form>
  );
}

/** As high as its text, up to the limit that the style sheet sets. */
function grow(box: HTMLTextAreaElement | null): void {
  if (!box) return;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
}

/** From an empty box these keys move the messages. */
function scrollTranscript(key: string): void {
  const transcript = document.getElementById("transcript");
  if (!transcript) return;
  const page = transcript.clientHeight * 0.85;
  if (key === "Home") transcript.scrollTop = 0;
  else if (key === "End") transcript.scrollTop = transcript.scrollHeight;
  else transcript.scrollBy({ top: key === "PageUp" ? -page : page });
}
