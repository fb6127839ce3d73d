// What the page shows: signing in, or the list, or one application. An ended session is asked for again on top of the page.
import { useEffect, useState } from "preact/hooks";
import { Problem } from "../shared/api";
import { staff } from "./api";
import { CasePage } from "./case/CasePage";
import { ListPage } from "./list/ListPage";
import { initialQuery } from "./model/route";
import { SignIn } from "./signin/SignIn";
import { SignInAgain } from "./signin/SignInAgain";
import { route } from "./state/route";
import { sessionState, signedInAs, signedOut } from "./state/session";
import { t } from "./text";
import { Announcer } from "./ui/Announcer";
import { EmptyState } from "./ui/EmptyState";
import { TopBar } from "./ui/TopBar";

export function App() {
  const [unreachable, setUnreachable] = useState(false);

  async function findSession() {
    setUnreachable(false);
    try {
      signedInAs(await staff.current());
    } catch (why) {
      if (why instanceof Problem && why.status === 401) signedOut();
      else setUnreachable(true);
    }
  }
  useEffect(() => void findSession(), []);

  const state = sessionState.value;
  if (unreachable) {
    return <EmptyState text={t("readError")} action={{ title: t("retry"), run: findSession }} />;
  }
  if (state.kind === "unknown") return <EmptyState text={t("loading")} />;
  if (state.kind === "signed_out") return <SignIn />;
  const current = route.value;
  return (
    <div class={`desk desk-${current.page}`}>
      <button type="button" class="skip-link" onClick={focusContent}>
        {t("skipToContent")}
      </button>
      <TopBar session={state.session} />
      {current.page === "list" ? (
        <ListPage query={current.query ?? initialQuery(state.session.role)} />
      ) : (
        <CasePage key={current.applicationNo} applicationNo={current.applicationNo} />
      )}
      {state.kind === "expired" && <SignInAgain />}
      <Announcer />
    </div>
  );
}

/** A button, since the address after `#` is the route. */
function focusContent(): void {
  document.getElementById("content")?.focus();
}
