// Moving between the rows of the inbox by keyboard.

export function rows(): HTMLAnchorElement[] {
  return Array.from(document.querySelectorAll<HTMLAnchorElement>("a[data-conversation]"));
}

/** The conversation whose row has the focus. */
export function focusedConversation(): string | null {
  return document.activeElement?.closest<HTMLElement>("[data-conversation]")?.dataset.conversation ?? null;
}

/** Goes to the next (1) or previous (-1) row; to the first when no row has the focus. */
export function moveRow(step: 1 | -1): void {
  const all = rows();
  const here = all.indexOf(document.activeElement as HTMLAnchorElement);
  const there = here < 0 ? 0 : Math.min(all.length - 1, Math.max(0, here + step));
  all[there]?.focus();
}
