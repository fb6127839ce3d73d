// A question with a few answers. While one of them has the focus, the keys 1 to 9 choose.
import type { ComponentChildren } from "preact";

interface Props {
  legend: string;
  children: ComponentChildren;
}

export function Choices({ legend, children }: Props) {
  function onKeyDown(event: KeyboardEvent & { currentTarget: HTMLFieldSetElement }) {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
    const chosen = event.currentTarget.querySelectorAll<HTMLInputElement>("input[type=radio]")[Number(event.key) - 1];
    chosen?.focus();
    chosen?.click();
  }
  return (
    <fieldset class="reasons" onKeyDown={onKeyDown}>
      <legend>{legend}</legend>
      {children}
    </fieldset>
  );
}
