// Shortcuts of one key (`j`) or of two in a row (`g p`): off while somebody types, while a dialog is open, and for those
// who switch them off. The second key of a pair never does what it does alone.
import { signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

type Actions = Readonly<Record<string, () => void>>;

const STORED = "desk.shortcuts";
/** Only looking may go on while a key is held down; deciding must not. */
const REPEATABLE = new Set(["j", "k", "ArrowDown", "ArrowUp", "+", "=", "-"]);
/** A checkbox takes no letters. */
const TYPING = "input:not([type=checkbox]), textarea, select, dialog";
/** How long the first key of a pair waits for the second. */
const PAIR_MS = 1500;

export const shortcutsOn = signal(localStorage.getItem(STORED) !== "off");

export function switchShortcuts(on: boolean): void {
  shortcutsOn.value = on;
  localStorage.setItem(STORED, on ? "on" : "off");
}

const registered = new Set<{ readonly current: Actions }>();
let first: { key: string; at: number } | null = null;
addEventListener("keydown", onKeyDown);

export function useShortcuts(actions: Actions): void {
  const latest = useRef(actions);
  latest.current = actions;

  // Not an effect after the paint: who sees a button may press its key.
  useLayoutEffect(() => {
    registered.add(latest);
    return () => {
      registered.delete(latest);
    };
  }, []);
}

function onKeyDown(event: KeyboardEvent): void {
  if (!shortcutsOn.value || isForSomethingElse(event)) return;
  const begun = first !== null && event.timeStamp - first.at < PAIR_MS ? `${first.key} ` : "";
  first = null;
  const action = actionOf(begun + event.key);
  if (action) {
    event.preventDefault();
    action();
  } else if (begun === "" && beginsPair(event.key)) {
    first = { key: event.key, at: event.timeStamp };
  }
}

function actionOf(keys: string): (() => void) | undefined {
  for (const { current } of registered) if (current[keys]) return current[keys];
  return undefined;
}

function beginsPair(key: string): boolean {
  return [...registered].some(({ current }) => Object.keys(current).some((keys) => keys.startsWith(`${key} `)));
}

function isForSomethingElse(event: KeyboardEvent): boolean {
  if (event.repeat && !REPEATABLE.has(event.key)) return true;
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return true;
  const target = event.target instanceof HTMLElement ? event.target : null;
  return target?.closest(TYPING) != null || document.querySelector("dialog[open]") !== null;
}
