// How far the documents of an application are: one segment each, and the same in words.
import { t } from "../text";

interface Props {
  required: number;
  uploaded: number;
  accepted: number;
}

export function DocumentMeter({ required, uploaded, accepted }: Props) {
  if (required === 0) return <span class="soft">{t("documentsNoneNeeded")}</span>;
  const segments = Array.from({ length: required }, (_, index) =>
    index < accepted ? "accepted" : index < uploaded ? "uploaded" : "missing",
  );
  return (
    <span class="meter">
      <span class="meter-bar" aria-hidden="true">
        {segments.map((kind, index) => (
          <span key={index} class={`meter-segment meter-${kind}`} />
        ))}
      </span>
      <span>{inWords(required, uploaded, accepted)}</span>
    </span>
  );
}

function inWords(required: number, uploaded: number, accepted: number): string {
  if (uploaded > accepted) return t("documentsToCheck", { count: uploaded - accepted });
  if (uploaded < required) return t("documentsWaiting", { count: required - uploaded });
  return t("documentsAccepted", { accepted, required });
}
