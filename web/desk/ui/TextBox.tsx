// A labelled box for a few sentences, which counts them.
import { useId } from "preact/hooks";

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
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        class="input"
        rows={4}
        value={text}
        autofocus={first}
        aria-describedby={`${id}-count`}
        onInput={(event) => change(event.currentTarget.value)}
      />
      <span id={`${id}-count`} class="soft small field-count">
        {text.trim().length} / {limit}
      </span>
    </div>
  );
}
