// What every room is given: what was asked for in the address, and who is signed in.
import type { Asked } from "../model/rooms";
import type { Session } from "../types";

export interface RoomProps {
  asked: Asked;
  session: Session;
}
