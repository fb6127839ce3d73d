// Finds the component for a block; a kind that this version does not know says so instead of staying silent.
import type { Block } from "../../shared/types";
import { AgreementCard } from "../cards/AgreementCard";
import { ChecklistCard } from "../cards/ChecklistCard";
import { IdentityCard } from "../cards/IdentityCard";
import { OutdatedCard } from "../cards/OutdatedCard";
import { ProgressCard } from "../cards/ProgressCard";
import { SecureCard } from "../cards/SecureCard";
import { SummaryCard } from "../cards/SummaryCard";
import { t } from "../text";
import { Choices } from "./Choices";
import { Notice } from "./Notice";
import { RichText } from "./RichText";

export interface BlockProps {
  block: Block;
  seq: number;
  chosen: string | null;
  pendingId: string | null;
  choicesOpen: boolean;
  /** The same card stands further down. */
  outdated: boolean;
}

export function BlockView({ block, seq, chosen, pendingId, choicesOpen, outdated }: BlockProps) {
  if (outdated) return <OutdatedCard block={block} />;
  switch (block.type) {
    case "text":
      return (
        <p class="bubble">
          <RichText text={block.text} />
        </p>
      );
    case "choices":
      return <Choices choices={block.choices} seq={seq} chosen={chosen} pendingId={pendingId} open={choicesOpen} />;
    case "notice":
      return <Notice level={block.level} text={block.text} />;
    case "form":
      return block.form === "identity" ? <IdentityCard block={block} /> : <SecureCard block={block} />;
    case "summary":
      return <SummaryCard block={block} />;
    case "checklist":
      return <ChecklistCard number={block.application_no} />;
    case "progress":
      return <ProgressCard number={block.application_no} />;
    case "agreement":
      return <AgreementCard number={block.application_no} />;
    default:
      return <Notice level="info" text={t("message.unknown")} />;
  }
}
