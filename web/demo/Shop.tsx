// The back office of a small shop, made up: what a page around the widget may look like.
import { fill } from "../shared/i18n";
import { chosen, merchants, openAssistant } from "./model";
import { text } from "./text";

export function Shop() {
  const merchant = merchants.value.find((candidate) => candidate.merchant_no === chosen.value);
  return (
    <main class="shop">
      <header class="shop-head">
        <span class="shop-mark" aria-hidden="true">
          {(merchant?.name ?? text.guest).slice(0, 1)}
        </span>
        <p class="shop-name">
          {merchant?.name ?? text.guest}
          <span>{merchant?.party === "agent" ? text.agency : text.shop}</span>
        </p>
        <ul class="shop-nav" aria-hidden="true">
          {text.nav.map((item, index) => (
            <li key={item} class={index === 0 ? "shop-nav-current" : ""}>
              {item}
            </li>
          ))}
        </ul>
      </header>
      <h1 class="shop-greeting">
        {merchant ? fill(text.greeting, { name: merchant.name }) : text.guestGreeting}
        <small>{text.subtitle}</small>
      </h1>
      <ul class="figures">
        {text.figures.map((figure) => (
          <li key={figure.label} class="figure">
            <p class="figure-label">{figure.label}</p>
            <p class="figure-value">{figure.value}</p>
            <p class="figure-note">{figure.note}</p>
          </li>
        ))}
      </ul>
      <section class="help">
        <div>
          <h2>{text.helpTitle}</h2>
          <p>{text.helpText}</p>
        </div>
        <button type="button" class="help-button" onClick={openAssistant}>
          {text.helpButton}
        </button>
      </section>
      <section class="recent">
        <h2>{text.recent}</h2>
        <table>
          <thead>
            <tr>
              {text.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {text.rows.map((row) => (
              <tr key={row[0]}>
                {row.map((cell) => (
                  <td key={cell}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </main>
  );
}
