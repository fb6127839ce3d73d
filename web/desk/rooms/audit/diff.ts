// What differs between before and after, field by field.
import type { Details } from "../types";

export interface Change {
  field: string;
  before: string | null;
  after: string | null;
}

export type Show = (field: string, value: unknown) => string;

export function changesOf(before: Details | null, after: Details | null, show: Show): Change[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...fields]
    .map((field) => ({ field, before: shown(field, before, show), after: shown(field, after, show) }))
    .filter((change) => change.before !== change.after);
}

function shown(field: string, side: Details | null, show: Show): string | null {
  const value = side?.[field];
  return value === undefined || value === null ? null : show(field, value);
}

/** Any value as text: words as they are, lists with commas, the rest as JSON. */
export function plain(value: unknown): string {
  if (typeof value === "string") return value;
  return Array.isArray(value) && value.every((each) => typeof each === "string")
    ? value.join(", ")
    : JSON.stringify(value);
}
