// One of a few answers to choose from, by mouse, by arrow keys or by its number.
import type { ComponentChildren } from "preact";

interface Props {
  group: string;
  checked: boolean;
  /** The box that has the focus when its sheet opens. */
  first?: boolean;
  choose(): void;
  children: ComponentChildren;
}

export function Choice({ group, checked, first = false, choose, children }: Props) {
  return (
    <label class="reason">
      <input type="radio" name={group} checked={checked} autofocus={first} onChange={choose} />
      <span class="reason-words">{children}</span>
    </label>
  );
}
