// What the page shows: signing in, or the list, one application or another room. An ended session is asked for again on
// top of the page.
import { sessionState } from "../shared/staff/session";
import { SignIn } from "../shared/staff/signin/SignIn";
import { SignInAgain } from "../shared/staff/signin/SignInAgain";
import type { Session } from "../shared/staff/types";
import { Announcer } from "../shared/staff/ui/Announcer";
import { EmptyState } from "../shared/staff/ui/EmptyState";
import { Lazy } from "../shared/staff/ui/Lazy";
import { useSession } from "../shared/staff/useSession";
import { CasePage } from "./case/CasePage";
import { ListPage } from "./list/ListPage";
import { initialQuery, type Route, routeFor } from "./model/route";
import { RoomDoor } from "./rooms/RoomDoor";
import { route } from "./state/route";
import { t } from "./text";
import { TopBar } from "./ui/TopBar";

export function App() {
  const { unreachable, find } = useSession();
  const state = sessionState.value;
  if (unreachable) {
    return <EmptyState text={t("readError")} action={{ title: t("retry"), run: find }} />;
  }
  if (state.kind === "unknown") return <EmptyState text={t("loading")} />;
  if (state.kind === "signed_out") return <SignIn title={t("signInTitle")} />;
  const { session } = state;
  if (session.must_change_password || session.must_set_second_factor) {
    return <Lazy load={firstSteps} with={{ session }} />;
  }
  const current = routeFor(session.rooms, route.value);
  return (
    <div class={`staff-page desk-${current.page}`}>
      <button type="button" class="skip-link" onClick={focusContent}>
        {t("skipToContent")}
      </button>
      <TopBar session={session} current={current} />
      <Page current={current} session={session} />
      {state.kind === "expired" && <SignInAgain />}
      <Announcer />
    </div>
  );
}

function Page({ current, session }: { current: Route; session: Session }) {
  if (current.page === "list") return <ListPage query={current.query ?? initialQuery(session.role)} />;
  if (current.page === "case") return <CasePage key={current.applicationNo} applicationNo={current.applicationNo} />;
  return <RoomDoor key={current.room} room={current.room} asked={current.asked} session={session} />;
}

const firstSteps = async () => (await import("./rooms/account/FirstSteps")).FirstSteps;

/** A button, since the address after `#` is the route. */
function focusContent(): void {
  document.getElementById("content")?.focus();
}
