// The values of the trail as people read them: amounts, roles and states in words, yes and no.
import { formatFen } from "../../../shared/format";
import { named } from "../../text";
import { r, roomWord } from "../text";
import { plain } from "./diff";

export function valueWords(field: string, value: unknown): string {
  if (typeof value === "boolean") return r(value ? "yes" : "no");
  if (typeof value === "number" && field.endsWith("_fen")) return formatFen(value);
  if (typeof value === "string" && field === "role") return named("role", value);
  if (typeof value === "string" && field === "state") return named("state", value, roomWord("payout", value));
  return plain(value);
}
