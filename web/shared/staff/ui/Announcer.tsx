// Shows the latest announcement at the foot of the page; a live region that is always there, so that it is read out.
import { announcement, hush } from "./announce";
import { Key } from "./Key";

export function Announcer() {
  const said = announcement.value;
  const action = said?.action;
  function run() {
    hush();
    action?.run();
  }
  return (
    <div class="announcer" role="status">
      {said && (
        <span class="announcement">
          {said.sentence}
          {action && (
            <button type="button" class="announcement-action" onClick={run}>
              {action.title}
              {action.key && <Key name={action.key} />}
            </button>
          )}
        </span>
      )}
    </div>
  );
}
