// The documents: which there are, the chosen one large, and the decision about it right below.
import { useState } from "preact/hooks";
import { announce } from "../../shared/staff/ui/announce";
import { EmptyState } from "../../shared/staff/ui/EmptyState";
import { useShortcuts } from "../../shared/staff/ui/shortcuts";
import { indexOfLeaf, type Leaf, leavesOf, nextUndecided } from "../model/leaves";
import { t } from "../text";
import type { CaseDetail } from "../types";
import { Viewer } from "../viewer/Viewer";
import { announceDone } from "./afterwards";
import { DocumentDecision } from "./DocumentDecision";
import { DocumentTabs } from "./DocumentTabs";
import "./documents.css";
import { ReadingPanel } from "./ReadingPanel";
import { SendBackSheet } from "./SendBackSheet";
import type { Case } from "./useCase";
import { useDecision } from "./useDecision";
import { useSettled } from "./useSettled";

export function Documents({ current, detail }: { current: Case; detail: CaseDetail }) {
  const { documents } = detail.application;
  const leaves = leavesOf(documents);
  const [wanted, setWanted] = useState<Leaf | null>(() => firstOf(leaves, nextUndecided(documents, "")));
  const [sendingBack, setSendingBack] = useState(false);
  const accepting = useDecision(current);
  const place = indexOfLeaf(leaves, wanted);
  const leaf = leaves[place];
  const document = documents.find((each) => each.key === leaf?.documentKey);
  const settled = useSettled(document?.key ?? null);
  const decidable = detail.allowed_actions.includes("decide_document");
  const reading = leaf?.fileId ? detail.readings[leaf.fileId] : undefined;
  const mayAccept = decidable && document !== undefined && document.files.length > 0 && document.state !== "accepted";
  const maySendBack = decidable && document !== undefined && document.files.length > 0 && document.state !== "rejected";

  function step(by: 1 | -1) {
    setWanted(leaves[Math.min(leaves.length - 1, Math.max(0, place + by))] ?? null);
  }

  function goOn(sentence: string) {
    const next = document && firstOf(leaves, nextUndecided(documents, document.key));
    if (!next) return announceDone(sentence, detail);
    announce(sentence);
    setWanted(next);
  }

  async function accept() {
    if (!document || !mayAccept || !settled) return;
    const decision = { decision: "accept", reason_code: null, reason_text: null };
    if (await accepting.send(`documents/${document.key}/decision`, decision)) {
      goOn(t("acceptedAnnounce", { title: document.title }));
    }
  }

  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    a: () => void accept(),
    r: () => maySendBack && setSendingBack(true),
  });

  if (!leaf || !document) {
    return (
      <section class="documents" aria-label={t("documents")}>
        <EmptyState text={t("documentsNone")} />
      </section>
    );
  }
  return (
    <section class="documents" aria-label={t("documents")}>
      <DocumentTabs
        documents={documents}
        readings={detail.readings}
        chosen={document.key}
        choose={(key) => setWanted(firstOf(leaves, key))}
      />
      <div class="document-view">
        <Viewer
          leaf={leaf}
          title={document.title}
          file={document.files.find((file) => file.id === leaf.fileId) ?? null}
          place={place}
          all={leaves.length}
          ahead={leaves[place + 1] ?? null}
          step={step}
        />
        {reading && <ReadingPanel reading={reading} />}
      </div>
      <DocumentDecision
        document={document}
        busy={accepting.busy || !settled}
        problem={accepting.problem}
        accept={mayAccept ? accept : null}
        sendBack={maySendBack ? () => setSendingBack(true) : null}
      />
      {sendingBack && (
        <SendBackSheet
          current={current}
          detail={detail}
          document={document}
          done={() => goOn(t("sentBackAnnounce", { title: document.title }))}
          close={() => setSendingBack(false)}
        />
      )}
    </section>
  );
}

function firstOf(leaves: readonly Leaf[], documentKey: string | null): Leaf | null {
  return leaves.find((leaf) => leaf.documentKey === documentKey) ?? null;
}
