// A labelled input with its hint and its error, tied together for screen readers.
import type { InputHTMLAttributes } from "preact";
import { useId } from "preact/hooks";

type Props = InputHTMLAttributes & {
  label: string;
  hint?: string | null;
  error?: string | null;
  value: string;
  change: (value: string) => void;
  "data-kind"?: string;
};

export function Field({ label, hint, error, change, ...input }: Props) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <input
        {...input}
        id={id}
        class="field-input"
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
        onInput={(event) => change(event.currentTarget.value)}
      />
      {hint && (
        <p id={`${id}-hint`} class="field-hint">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} class="field-error">
          {error}
        </p>
      )}
    </div>
  );
}
