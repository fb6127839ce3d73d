// What every room is given: what was asked for in the address, and who is signed in.

import type { Session } from "../../shared/staff/types";
import type { Asked } from "../model/rooms";

export interface RoomProps {
  asked: Asked;
  session: Session;
}
