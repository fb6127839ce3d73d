// What the merchant will read, as a bubble like those in the widget.
import { t } from "../text";

export function Letter({ text }: { text: string }) {
  return (
    <figure class="letter">
      <figcaption>{t("merchantReads")}</figcaption>
      <blockquote>{text}</blockquote>
    </figure>
  );
}
