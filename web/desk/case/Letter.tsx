// What the merchant will read, made by the service, as bubbles like those in the widget.
import type { Block } from "../../shared/types";
import { named, t } from "../text";
import type { CaseDetail, Rehearsal } from "../types";
import { usePreview } from "./usePreview";

interface Props {
  detail: CaseDetail;
  /** Null while something is still to be filled in. */
  rehearsal: Rehearsal | null;
}

export function Letter({ detail, rehearsal }: Props) {
  const { blocks, waiting, problem } = usePreview(detail, rehearsal);
  return (
    <figure class="letter" aria-busy={waiting}>
      <figcaption>{t("merchantReads")}</figcaption>
      {blocks === null ? (
        <p class="letter-empty">{problem ?? t(waiting ? "previewWaiting" : "previewNothing")}</p>
      ) : blocks.length === 0 ? (
        <p class="letter-empty">{t("previewSilent")}</p>
      ) : (
        <blockquote class={waiting ? "letter-old" : undefined}>
          {blocks.map((block, index) => (
            <Bubble key={index} block={block} />
          ))}
        </blockquote>
      )}
    </figure>
  );
}

function Bubble({ block }: { block: Block }) {
  if (block.type === "text" || block.type === "notice") return <p class="letter-text">{block.text}</p>;
  if (block.type !== "choices") return <p class="letter-card">{named("card", block.type)}</p>;
  return (
    <p class="letter-choices">
      {block.choices.map((choice) => (
        <span key={choice.id}>{choice.title}</span>
      ))}
    </p>
  );
}
