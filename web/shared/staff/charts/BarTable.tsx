// Counted things from many to few: a table whose bars are drawn beside its numbers, so that it needs no second one.
import { t } from "../text";

interface Bar {
  key: string;
  title: string;
  count: number;
  /** What it is made of. */
  parts?: readonly string[];
}

export function BarTable({ title, bars }: { title: string; bars: readonly Bar[] }) {
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  if (bars.length === 0) return <p class="soft">{t("nothingCounted")}</p>;
  return (
    <table class="bars" aria-label={title}>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.key}>
            <th scope="row">
              {bar.title}
              {bar.parts && bar.parts.length > 0 && <span class="cell-under">{bar.parts.join(" · ")}</span>}
            </th>
            <td class="bar-cell">
              <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                <rect width={(bar.count / most) * 100} height="10" />
              </svg>
            </td>
            <td class="number">{bar.count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
