// A labelled box for a password, which can be made readable.
import { useId, useState } from "preact/hooks";
import { r } from "../text";

const READABLE = { type: "text" } as const;
const HIDDEN = { type: "password" } as const;

interface Props {
  label: string;
  autocomplete: "current-password" | "new-password";
  describedBy?: string;
  text: string;
  change(text: string): void;
}

export function PasswordField({ label, autocomplete, describedBy, text, change }: Props) {
  const [shown, setShown] = useState(false);
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="password-box">
        <input
          id={id}
          class="input"
          {...(shown ? READABLE : HIDDEN)}
          autocomplete={autocomplete}
          autocapitalize="none"
          spellcheck={false}
          aria-describedby={describedBy}
          value={text}
          onInput={(event) => change(event.currentTarget.value)}
        />
        <button type="button" class="quiet-button" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {r("showPassword")}
          <span class="visually-hidden">{label}</span>
        </button>
      </div>
    </div>
  );
}
