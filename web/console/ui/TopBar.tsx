// The line above everything: where to go, presence, a call, the shortcuts, who is signed in.
import { useState } from "preact/hooks";
import { newId } from "../../shared/ids";
import { signOut } from "../../shared/staff/signin/sign-out";
import type { Session } from "../../shared/staff/types";
import { useShortcuts } from "../../shared/staff/ui/shortcuts";
import { BOXES, callHash, inboxHash, LETTERS, type Route } from "../model/route";
import { live } from "../state/inbox";
import { goTo, hashOfLastInbox } from "../state/route";
import { named, t } from "../text";
import { PresenceSwitch } from "./PresenceSwitch";
import { ShortcutHelp } from "./ShortcutHelp";
import "../../shared/staff/ui/top-bar.css";

interface Place {
  page: Route["page"];
  title: string;
  href: string;
}

export function TopBar({ session, current }: { session: Session; current: Route }) {
  const [help, setHelp] = useState(false);
  const isLead = session.role === "lead";
  const places: Place[] = [
    { page: "inbox", title: t("inbox"), href: hashOfLastInbox() },
    ...(isLead ? [{ page: "load" as const, title: t("load"), href: "#/load" }] : []),
    { page: "replies", title: t("replies"), href: "#/replies" },
  ];
  const start = () => goTo(callHash(newId()));
  useShortcuts({
    "?": () => setHelp(true),
    n: start,
    ...Object.fromEntries(BOXES.map((box) => [`g ${LETTERS[box]}`, () => goTo(inboxHash(box))] as const)),
    [`g ${LETTERS.replies}`]: () => goTo("#/replies"),
    ...(isLead ? { [`g ${LETTERS.load}`]: () => goTo("#/load") } : {}),
  });
  const here = current.page === "conversation" || current.page === "call" ? "inbox" : current.page;
  return (
    <header class="top-bar">
      <a class="top-bar-name" href={hashOfLastInbox()}>
        <span class="top-bar-mark" aria-hidden="true" />
        {t("consoleName")}
      </a>
      <nav class="room-nav" aria-label={t("places")}>
        <ul>
          {places.map(({ page, title, href }) => (
            <li key={page}>
              <a class="room-link" href={href} aria-current={page === here ? "page" : undefined}>
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {!live.value && (
        <span class="offline-mark" role="status">
          {t("reconnecting")}
        </span>
      )}
      <button type="button" class="button button-small" onClick={start}>
        {t("startCall")} <kbd>N</kbd>
      </button>
      <PresenceSwitch />
      <button type="button" class="quiet-button top-bar-shortcuts" onClick={() => setHelp(true)}>
        {t("shortcuts")} <kbd>?</kbd>
      </button>
      <a class="quiet-button top-bar-who" href="/desk/#/account">
        <span class="visually-hidden">{t("myAccount")}</span>
        {session.name}
        <span class="soft">{named("role", session.role)}</span>
      </a>
      <button type="button" class="quiet-button" onClick={() => void signOut()}>
        {t("signOut")}
      </button>
      {help && <ShortcutHelp isLead={isLead} onClose={() => setHelp(false)} />}
    </header>
  );
}
