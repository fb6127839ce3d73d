// What the page shows: signing in, or the inbox, a conversation, a call, the lead's view. An ended session is asked for
// again on top of the page.
import { useEffect, useState } from "preact/hooks";
import { sessionState } from "../shared/staff/session";
import { SignIn } from "../shared/staff/signin/SignIn";
import { SignInAgain } from "../shared/staff/signin/SignInAgain";
import type { Session } from "../shared/staff/types";
import { Announcer } from "../shared/staff/ui/Announcer";
import { EmptyState } from "../shared/staff/ui/EmptyState";
import { Lazy } from "../shared/staff/ui/Lazy";
import { sentenceFor } from "../shared/staff/ui/sentence";
import { useSession } from "../shared/staff/useSession";
import { InboxPage } from "./inbox/InboxPage";
import type { Route } from "./model/route";
import { followInbox } from "./state/inbox";
import { findMe, me } from "./state/me";
import { route } from "./state/route";
import { t } from "./text";
import { TopBar } from "./ui/TopBar";

export function App() {
  const { unreachable, find } = useSession();
  const state = sessionState.value;
  if (unreachable) return <EmptyState text={t("readError")} action={{ title: t("retry"), run: find }} />;
  if (state.kind === "unknown") return <EmptyState text={t("loading")} />;
  if (state.kind === "signed_out") return <SignIn title={t("signInTitle")} />;
  const { session } = state;
  if (session.must_change_password || session.must_set_second_factor) return <Elsewhere text={t("accountFirst")} />;
  if (session.role !== "agent" && session.role !== "lead") return <Elsewhere text={t("notForRole")} />;
  return (
    <>
      <Console session={session} expired={state.kind === "expired"} />
      {state.kind === "expired" && <SignInAgain />}
    </>
  );
}

/** The rest happens at the desk. */
function Elsewhere({ text }: { text: string }) {
  return <EmptyState title={t("consoleName")} text={text} action={{ title: t("toDesk"), run: toDesk }} />;
}

function toDesk(): void {
  location.assign("/desk/");
}

function Console({ session, expired }: { session: Session; expired: boolean }) {
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (expired) return;
    findMe().then(
      () => setProblem(null),
      (why) => setProblem(sentenceFor(why)),
    );
    return followInbox();
  }, [expired]);
  const current = route.value;
  return (
    <div class={`staff-page console console-${current.page}`}>
      <button type="button" class="skip-link" onClick={focusContent}>
        {t("skipToContent")}
      </button>
      <TopBar session={session} current={current} />
      {me.value === null ? (
        <main id="content" tabIndex={-1}>
          <EmptyState text={problem ?? t("loading")} />
        </main>
      ) : (
        <Page current={current} session={session} />
      )}
      <Announcer />
    </div>
  );
}

function Page({ current, session }: { current: Route; session: Session }) {
  if (current.page === "call") return <Lazy key="call" load={callPage} with={{ callId: current.callId }} />;
  if (current.page === "replies") return <Lazy key="replies" load={repliesPage} with={{ session }} />;
  if (current.page !== "load") return <InboxPage current={current} />;
  if (session.role !== "lead") return <Elsewhere text={t("notForRole")} />;
  return <Lazy key="load" load={loadPage} with={{ from: current.from, to: current.to }} />;
}

const callPage = async () => (await import("./call/CallPage")).CallPage;
const repliesPage = async () => (await import("./replies/RepliesPage")).RepliesPage;
const loadPage = async () => (await import("./load/LoadPage")).LoadPage;

/** A button, since the address after `#` is the route. */
function focusContent(): void {
  document.getElementById("content")?.focus();
}
