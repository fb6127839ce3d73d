// Says when the network is away, and that nothing written meanwhile is lost.
import { useServices } from "../services";
import { t } from "../text";
import "./connection-bar.css";

export function ConnectionBar() {
  const { conversation } = useServices();
  const connection = conversation.connection.value;
  const shown = connection === "offline" || (connection === "connecting" && conversation.loaded.value);
  return (
    <div class="connection-bar" role="status" data-shown={shown}>
      {shown && <p>{t(connection === "offline" ? "connection.offline" : "connection.connecting")}</p>}
    </div>
  );
}
