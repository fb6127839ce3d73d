// The messages that go out to merchants: what did not arrive, what is waiting, what is done.
import { useId } from "preact/hooks";
import { Loaded } from "../../../shared/staff/ui/Loaded";
import { useShortcuts } from "../../../shared/staff/ui/shortcuts";
import { usePolling } from "../../../shared/staff/ui/usePolling";
import { roomHash } from "../../model/route";
import { goTo } from "../../state/route";
import { named } from "../../text";
import { deliveries } from "../api";
import { MoreFoot } from "../MoreFoot";
import type { RoomProps } from "../props";
import { RoomFrame } from "../RoomFrame";
import { moveRow } from "../rows";
import { Tabs } from "../Tabs";
import { r, roomWord } from "../text";
import type { Delivery, DeliveryPage, DeliveryState } from "../types";
import { usePages } from "../usePages";
import { DeliveryTable } from "./DeliveryTable";
import "./deliveries.css";

const STATES: readonly DeliveryState[] = ["dead", "pending", "done"];
const CHANNELS = ["sms", "email", "wechat", "webhook"] as const;
const POLL_MS = 20_000;

export function DeliveriesPage({ asked, session }: RoomProps) {
  const state = STATES.find((each) => each === asked.state) ?? "dead";
  const channel = asked.channel ?? "";
  const read = usePages<Delivery, DeliveryPage>(`${state} ${channel}`, (cursor, signal) =>
    deliveries.list({ state, channel, cursor }, signal),
  );
  usePolling(read.reload, POLL_MS);
  useShortcuts({ j: () => moveRow(1), k: () => moveRow(-1) });
  const mayRequeue = session.role === "lead" || session.role === "admin";

  return (
    <RoomFrame title={named("room", "deliveries")} note={r(`deliveriesNote_${state}`)}>
      <Tabs
        label={r("deliveryTabs")}
        current={state}
        tabs={STATES.map((key) => ({
          key,
          title: roomWord("delivery", key),
          href: roomHash("deliveries", { state: key, channel }),
          count: read.value?.counts[key],
        }))}
      />
      <ChannelFilter channel={channel} choose={(to) => goTo(roomHash("deliveries", { state, channel: to }))} />
      <Loaded
        read={read}
        empty={(page) =>
          page.items.length === 0 ? { title: r("deliveriesNone"), text: r(`deliveriesNone_${state}`) } : null
        }
      >
        {(page) => (
          <>
            <DeliveryTable lines={page.items} mayRequeue={mayRequeue} requeued={read.reload} />
            <MoreFoot shown={page.items.length} more={page.next_cursor ? read.more : null} />
          </>
        )}
      </Loaded>
    </RoomFrame>
  );
}

function ChannelFilter({ channel, choose }: { channel: string; choose(channel: string): void }) {
  const id = useId();
  return (
    <search class="room-filters">
      <div class="field">
        <label for={id}>{r("channel")}</label>
        <select id={id} class="input" value={channel} onChange={(event) => choose(event.currentTarget.value)}>
          <option value="">{r("allChannels")}</option>
          {CHANNELS.map((each) => (
            <option key={each} value={each}>
              {roomWord("channel", each)}
            </option>
          ))}
        </select>
      </div>
    </search>
  );
}
