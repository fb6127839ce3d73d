// Single-key shortcuts: off while somebody types, while a dialog is open, and for those who switch them off.
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

const STORED = "desk.shortcuts";
/** Only looking may go on while a key is held down; deciding must not. */
const REPEATABLE = new Set(["j", "k", "ArrowDown", "ArrowUp", "+", "=", "-"]);

export const shortcutsOn = signal(localStorage.getItem(STORED) !== "off");

export function switchShortcuts(on: boolean): void {
  shortcutsOn.value = on;
  localStorage.setItem(STORED, on ? "on" : "off");
}

export function useShortcuts(actions: Readonly<Record<string, () => void>>): void {
  const latest = useRef(actions);
  latest.current = actions;

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const action = latest.current[event.key];
      if (!action || !shortcutsOn.value || isForSomethingElse(event)) return;
      event.preventDefault();
      action();
    }
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
}

function isForSomethingElse(event: KeyboardEvent): boolean {
  if (event.repeat && !REPEATABLE.has(event.key)) return true;
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return true;
  const target = event.target instanceof HTMLElement ? event.target : null;
  return target?.closest("input, textarea, select, dialog") != null || document.querySelector("dialog[open]") !== null;
}
