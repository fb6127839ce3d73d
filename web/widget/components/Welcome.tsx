// What stands above the first message: who we are, and until something was asked the merchant's own applications and the
// usual requests as buttons.
import { t } from "../text";
import { Icon } from "./Icon";
import { OpenApplicationList } from "./OpenApplicationList";
import { Starters } from "./Starters";
import "./welcome.css";

export function Welcome({ untouched }: { untouched: boolean }) {
  return (
    <section class="welcome">
      <span class="welcome-mark">
        <Icon name="chat" />
      </span>
      <h2 class="welcome-title">{t("welcome.title")}</h2>
      <p class="welcome-text">{t("welcome.text")}</p>
      {untouched && (
        <>
          <OpenApplicationList />
          <Starters />
        </>
      )}
    </section>
  );
}
