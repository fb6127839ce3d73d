// What the merchant will read, as a bubble like those in the widget.
import { t } from "../text";

interface Props {
  lead: string;
  text: string;
  /** What the service adds by itself. */
  ending?: string;
}

export function Letter({ lead, text, ending }: Props) {
  return (
    <figure class="letter">
      <figcaption>{t("merchantReads")}</figcaption>
      <blockquote>
        <p class="letter-lead">{lead}</p>
        <p class="letter-text">{text.trim() || "…"}</p>
        {ending && <p>{ending}</p>}
      </blockquote>
    </figure>
  );
}
