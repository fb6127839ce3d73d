// Which requests are offered at once, and which after "more": a short set, not a wall of buttons; pure.

const PROCEDURES_AT_ONCE = 4;

export interface Starters {
  first: readonly string[];
  rest: readonly string[];
}

/** `always` are the requests that are no procedure. A single left-over procedure takes no more room than "more" would. */
export function startersOf(procedures: readonly string[], always: readonly string[]): Starters {
  const titles = [...new Set(procedures)].filter((title) => !always.includes(title));
  const atOnce = titles.length > PROCEDURES_AT_ONCE + 1 ? PROCEDURES_AT_ONCE : titles.length;
  return { first: [...titles.slice(0, atOnce), ...always], rest: titles.slice(atOnce) };
}
