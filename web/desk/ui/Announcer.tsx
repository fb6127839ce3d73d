// Shows the latest announcement at the foot of the page; a live region that is always there, so that it is read out.
import { announcement } from "./announce";

export function Announcer() {
  return (
    <div class="announcer" role="status">
      {announcement.value && <span class="announcement">{announcement.value}</span>}
    </div>
  );
}
