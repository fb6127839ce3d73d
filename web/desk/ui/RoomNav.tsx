// The way between the rooms that this role may enter, by mouse, or by `g` and a letter.

import { useShortcuts } from "../../shared/staff/ui/shortcuts";
import { CONSOLE, MASTER_DATA, ROOM_LETTERS, type RoomName } from "../model/rooms";
import { type Route, roomHash } from "../model/route";
import { hashOfLastList } from "../state/route";
import { named, t } from "../text";

interface Props {
  rooms: readonly RoomName[];
  current: Route;
}

export function RoomNav({ rooms, current }: Props) {
  const places: readonly (RoomName | "account")[] = [...rooms, "account"];
  useShortcuts(
    Object.fromEntries(
      places.map((name) => [`g ${ROOM_LETTERS[name]}`, () => location.assign(addressOf(name))] as const),
    ),
  );
  return (
    <nav class="room-nav" aria-label={t("rooms")}>
      <ul>
        {rooms.map((name) => (
          <li key={name}>
            <a class="room-link" href={addressOf(name)} aria-current={name === roomOf(current) ? "page" : undefined}>
              {named("room", name)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function roomOf(current: Route): RoomName | "account" {
  return current.page === "room" ? current.room : "queue";
}

function addressOf(name: RoomName | "account"): string {
  if (name === "queue") return hashOfLastList();
  if (name === "console") return CONSOLE;
  return name === "master_data" ? MASTER_DATA : roomHash(name);
}
