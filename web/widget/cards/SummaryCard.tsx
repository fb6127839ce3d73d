// What was answered, to be read once more before it is confirmed.
import type { Block } from "../../shared/types";
import { RichText } from "../components/RichText";
import { Card } from "./Card";

export function SummaryCard({ block }: { block: Extract<Block, { type: "summary" }> }) {
  return (
    <Card icon="list" kind="summary" title={block.title}>
      <dl class="rows">
        {block.rows.map((row) => (
          <div class="row" key={row.field}>
            <dt>{row.label}</dt>
            <dd>
              <RichText text={row.value} />
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
