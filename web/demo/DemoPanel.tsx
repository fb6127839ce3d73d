// The controls of the demo: who is logged in, the text messages that would have gone out, and the other doors.
import { StateBadge } from "../shared/components/StateBadge";
import { formatTime } from "../shared/format";
import { fill } from "../shared/i18n";
import { away, choose, chosen, merchants, messages } from "./model";
import { text } from "./text";

export function DemoPanel() {
  return (
    <aside class="panel" aria-label={text.panel}>
      <h2 class="panel-title">{text.panel}</h2>
      {away.value && (
        <p class="panel-away" role="status">
          {text.offline}
        </p>
      )}
      <WhoIsLoggedIn />
      <Messages />
      <Links />
    </aside>
  );
}

function WhoIsLoggedIn() {
  const options = [
    ...merchants.value.map((merchant) => ({
      value: merchant.merchant_no,
      title: merchant.name,
      party: merchant.party === "agent" ? text.agent : null,
      notes: [merchant.merchant_no, fill(text.phoneOf, { phone: merchant.phone })],
    })),
    { value: "", title: text.nobody, party: null, notes: [] },
  ];
  return (
    <fieldset class="panel-group">
      <legend>{text.who}</legend>
      <p class="panel-note">{text.whoNote}</p>
      {options.map((option) => (
        <label key={option.value} class="merchant">
          <input
            type="radio"
            name="merchant"
            value={option.value}
            checked={(chosen.value ?? "") === option.value}
            onChange={() => void choose(option.value || null)}
          />
          <span class="merchant-words">
            <span class="merchant-name">
              {option.title}
              {option.party && <StateBadge tone="info">{option.party}</StateBadge>}
            </span>
            {option.notes.map((note) => (
              <span key={note} class="merchant-note">
                {note}
              </span>
            ))}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Messages() {
  return (
    <section class="panel-group">
      <h3>{text.sms}</h3>
      <p class="panel-note">{text.smsNote}</p>
      {messages.value.length === 0 ? (
        <p class="sms-none">{text.smsNone}</p>
      ) : (
        <ol class="sms-list" aria-live="polite">
          {messages.value.map((message) => (
            <li key={`${message.at} ${message.to}`} class="sms">
              <span class="sms-code">{fill(text.smsLine, { code: message.code })}</span>
              <span class="sms-to">
                {message.to} · {formatTime(message.at)}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Links() {
  const links = [
    { href: "/desk/", title: text.desk, note: text.deskNote },
    { href: "/widget/", title: text.page, note: text.pageNote },
    { href: "/docs", title: text.docs, note: null },
  ];
  return (
    <section class="panel-group">
      <h3>{text.links}</h3>
      <ul class="links">
        {links.map((link) => (
          <li key={link.href}>
            <a href={link.href} target="_blank" rel="noopener">
              {link.title}
            </a>
            {link.note && <span class="panel-note">{link.note}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
