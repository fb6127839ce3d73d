// The trail as people read it: who, what, and values; amounts, roles and states in words, yes and no.
import { formatFen } from "../../../shared/format";
import { named } from "../../text";
import { r, roomWord, wordsOf } from "../text";
import { plain } from "./diff";

export function valueWords(field: string, value: unknown): string {
  if (typeof value === "boolean") return r(value ? "yes" : "no");
  if (typeof value === "number" && field.endsWith("_fen")) return formatFen(value);
  if (typeof value === "string" && field === "role") return named("role", value);
  if (typeof value === "string" && field === "state") return named("state", value, named("payout", value));
  return plain(value);
}

/** Everything that is ever noted down, in the order in which it is offered to filter by. */
export const ACTIONS: readonly string[] = [...wordsOf("action"), ...wordsOf("event")];

export function actionWord(action: string): string {
  return roomWord("action", action, roomWord("event", action));
}

/** `merchant:4f0c…`, `system`: the kind in words, and as much of the id as tells two apart. */
export function actorWord(actor: string): string {
  const [kind = "", id] = actor.split(":", 2);
  const word = roomWord("actor", kind);
  return id ? `${word} ${id.slice(0, 8)}` : word;
}
