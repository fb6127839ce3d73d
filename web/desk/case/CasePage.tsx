// One application: what is known about it on the left, its documents large on the right, the decision below.
import { useEffect } from "preact/hooks";
import { EmptyState } from "../../shared/staff/ui/EmptyState";
import { useShortcuts } from "../../shared/staff/ui/shortcuts";
import { goTo, hashOfLastList } from "../state/route";
import { t } from "../text";
import { Answers } from "./Answers";
import { CaseHeader } from "./CaseHeader";
import { ConversationPanel } from "./ConversationPanel";
import { DecisionBar } from "./DecisionBar";
import { Documents } from "./Documents";
import { Facts } from "./Facts";
import { HeldPayout } from "./HeldPayout";
import { Money } from "./Money";
import { NewerBanner } from "./NewerBanner";
import { Notes } from "./Notes";
import { Opinions } from "./Opinions";
import { Timeline } from "./Timeline";
import "./case.css";
import { useCase } from "./useCase";

export function CasePage({ applicationNo }: { applicationNo: string }) {
  const current = useCase(applicationNo);
  const { detail, newer } = current;
  useShortcuts({ u: () => goTo(hashOfLastList()) });
  useEffect(() => {
    if (detail === null) return;
    document.title = t("caseOf", { merchant: detail.merchant.name, number: applicationNo });
    return () => {
      document.title = t("deskName");
    };
  }, [detail?.merchant.name, applicationNo]);

  if (detail === null) {
    return (
      <main class="case-empty" id="content" tabIndex={-1}>
        {current.problem === null ? (
          <EmptyState text={t("loading")} />
        ) : current.missing ? (
          <EmptyState text={t("caseMissing")} action={{ title: t("backToList"), run: () => goTo(hashOfLastList()) }} />
        ) : (
          <EmptyState text={current.problem} action={{ title: t("retry"), run: () => void current.reload() }} />
        )}
      </main>
    );
  }
  const { application, facts } = detail;
  return (
    <main class="case" id="content" tabIndex={-1}>
      <CaseHeader current={current} detail={detail} />
      {newer && <NewerBanner shown={detail} newer={newer} show={() => current.take(newer)} />}
      <div class="case-columns">
        <Documents current={current} detail={detail} />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls on its own, so the keyboard must reach it */}
        <section class="case-about" aria-label={t("about")} tabIndex={0}>
          <HeldPayout {...detail} />
          <Facts facts={facts} />
          <Money detail={detail} />
          <Answers detail={detail} />
          <Opinions current={current} detail={detail} />
          <Notes current={current} detail={detail} />
          {detail.conversation && <ConversationPanel applicationNo={applicationNo} />}
          <Timeline entries={application.timeline} />
        </section>
      </div>
      <DecisionBar current={current} detail={detail} />
    </main>
  );
}
