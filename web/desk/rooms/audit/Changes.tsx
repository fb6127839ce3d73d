// Before and after of each changed field: told apart by words and marks, not by colour alone.
import { r, roomWord } from "../text";
import type { Change } from "./diff";

export function Changes({ changes }: { changes: readonly Change[] }) {
  return (
    <dl class="changes">
      {changes.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{roomWord("field", field)}</dt>
          <dd>
            {before !== null && (
              <del>
                <span class="visually-hidden">{r("before")}</span>
                {before}
              </del>
            )}
            {after !== null && (
              <ins>
                <span class="visually-hidden">{r("after")}</span>
                {after}
              </ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
