// Who works at this console: presence, hours, and what a conversation can end with.
import { signal } from "@preact/signals";
import { console_ } from "../api";
import type { Me, Presence } from "../types";

export const me = signal<Me | null>(null);

export async function findMe(): Promise<void> {
  me.value = await console_.me();
}

export async function setPresence(change: Partial<Presence>): Promise<void> {
  const current = me.value;
  if (!current) return;
  const wanted = { ...current.presence, ...change };
  const { capacity, skills } = wanted;
  const presence = await console_.setPresence({
    state: wanted.state === "ready" ? "ready" : "paused",
    capacity,
    skills,
  });
  if (me.value) me.value = { ...me.value, presence };
}
