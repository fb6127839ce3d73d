// Lets people into a room that their role may enter, and fetches it when the first of them comes.
import type { ComponentType } from "preact";
import { EmptyState } from "../../shared/staff/ui/EmptyState";
import { Lazy } from "../../shared/staff/ui/Lazy";
import type { Room } from "../model/rooms";
import { t } from "../text";
import type { RoomProps } from "./props";

const PAGES: Readonly<Record<Room, () => Promise<ComponentType<RoomProps>>>> = {
  payouts: async () => (await import("./payouts/PayoutsPage")).PayoutsPage,
  reports: async () => (await import("./reports/ReportsPage")).ReportsPage,
  reconciliation: async () => (await import("./reconciliation/ReconciliationPage")).ReconciliationPage,
  audit: async () => (await import("./audit/AuditPage")).AuditPage,
  deliveries: async () => (await import("./deliveries/DeliveriesPage")).DeliveriesPage,
  account: async () => (await import("./account/AccountPage")).AccountPage,
};

interface Props extends RoomProps {
  room: Room;
}

export function RoomDoor({ room, asked, session }: Props) {
  if (room !== "account" && !session.rooms.includes(room)) {
    return (
      <main id="content" tabIndex={-1}>
        <EmptyState text={t("roomClosed")} />
      </main>
    );
  }
  return <Lazy load={PAGES[room]} with={{ asked, session }} />;
}
