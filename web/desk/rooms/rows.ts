// Moving between the rows of a room's table by keyboard, and which row the focus is in.

function rows(): HTMLElement[] {
  return Array.from(document.querySelectorAll<HTMLElement>("[data-row]"));
}

/** The key of the row that has the focus, or has something in it that has. */
export function focusedRow(): string | null {
  return document.activeElement?.closest<HTMLElement>("[data-row]")?.dataset.row ?? null;
}

/** Goes to the next (1) or previous (-1) row; to the first when no row has the focus. */
export function moveRow(step: 1 | -1): void {
  const all = rows();
  const here = all.findIndex((row) => row.dataset.row === focusedRow());
  const there = here < 0 ? 0 : Math.min(all.length - 1, Math.max(0, here + step));
  all[there]?.focus();
}
