// The documents of an application: what is needed, why, how to photograph it, and how far each one is.
import { StateBadge } from "../../shared/components/StateBadge";
import type { Application } from "../../shared/types";
import { useServices } from "../services";
import { t } from "../text";
import { Card } from "./Card";
import { CardLoading } from "./CardLoading";
import "./checklist.css";
import { DocumentItem } from "./DocumentItem";

export function ChecklistCard({ number }: { number: string }) {
  const { applications } = useServices();
  const { application, failed } = applications.cell(number).value;
  return (
    <Card
      icon="list"
      kind="checklist"
      title={t("checklist.title")}
      about={application?.label}
      badge={application && <CountBadge application={application} />}
    >
      {application ? (
        <>
          <ul class="documents">
            {application.documents.map((document) => (
              <DocumentItem key={document.key} application={application} document={document} />
            ))}
          </ul>
          <p class="form-safe">{t("checklist.safe")}</p>
        </>
      ) : (
        <CardLoading number={number} failed={failed} loading={t("checklist.loading")} />
      )}
    </Card>
  );
}

function CountBadge({ application }: { application: Application }) {
  const required = application.documents.filter((document) => document.required);
  const done = required.filter((document) => document.state === "uploaded" || document.state === "accepted").length;
  if (required.length === 0) return <StateBadge tone="neutral">{t("checklist.optional")}</StateBadge>;
  if (done === required.length) return <StateBadge tone="ok">{t("checklist.complete")}</StateBadge>;
  return <StateBadge tone="accent">{t("checklist.count", { done, all: required.length })}</StateBadge>;
}
