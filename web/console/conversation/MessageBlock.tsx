// One block of a message as the agent sees it: the words, and what the merchant can press or fill in as plain marks.
import type { Block } from "../../shared/types";
import { t } from "../text";
import { RichText } from "../ui/RichText";

export function MessageBlock({ block }: { block: Block }) {
  switch (block.type) {
    case "text":
      return (
        <p class="bubble">
          <RichText text={block.text} />
        </p>
      );
    case "notice":
      return (
        <p class={`bubble bubble-notice bubble-${block.level}`}>
          <RichText text={block.text} />
        </p>
      );
    case "choices":
      return (
        <ul class="offered" aria-label={t("offered")}>
          {block.choices.map((choice) => (
            <li key={choice.id}>{choice.title}</li>
          ))}
        </ul>
      );
    case "summary":
      return (
        <dl class="bubble bubble-card">
          {block.rows.map((row) => (
            <div key={row.field}>
              <dt>{row.label}</dt>
              <dd>
                <RichText text={row.value} />
              </dd>
            </div>
          ))}
        </dl>
      );
    case "form":
      return <p class="bubble bubble-card">{t("cardForm", { title: block.title })}</p>;
    case "checklist":
    case "progress":
    case "agreement":
      return <p class="bubble bubble-card">{t(`card_${block.type}`, { number: block.application_no })}</p>;
    default:
      return <p class="bubble bubble-card">{t("cardUnknown")}</p>;
  }
}
