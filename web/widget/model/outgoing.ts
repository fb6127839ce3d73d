// What a merchant sends: words, or the choice that was pressed.
import type { Outgoing as Sent } from "../../shared/model/outbox";

export type OutgoingBody = { text: string } | { choice: { seq: number; choice_id: string }; title: string };

export type Outgoing = Sent<OutgoingBody>;
