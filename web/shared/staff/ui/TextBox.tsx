// A labelled box for a few sentences, which counts them.
import { useEffect, useId, useRef } from "preact/hooks";

interface Props {
  label: string;
  text: string;
  limit: number;
  /** It has the focus when it comes up. */
  first?: boolean;
  change(text: string): void;
}

export function TextBox({ label, text, limit, first = false, change }: Props) {
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (first) box.current?.focus();
  }, []);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        ref={box}
        id={id}
        class="input"
        rows={4}
        value={text}
        aria-describedby={`${id}-count`}
        onInput={(event) => change(event.currentTarget.value)}
      />
      <span id={`${id}-count`} class="soft small field-count">
        {text.trim().length} / {limit}
      </span>
    </div>
  );
}
