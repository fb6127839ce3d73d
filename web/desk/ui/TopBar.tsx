// The line above everything: the rooms, the shortcuts, who is signed in.
import { useState } from "preact/hooks";
import type { Session } from "../../shared/staff/types";
import { useShortcuts } from "../../shared/staff/ui/shortcuts";
import type { Route } from "../model/route";
import { roomHash } from "../model/route";
import { leave } from "../state/leave";
import { hashOfLastList } from "../state/route";
import { named, t } from "../text";
import { RoomNav } from "./RoomNav";
import { ShortcutHelp } from "./ShortcutHelp";
import "../../shared/staff/ui/top-bar.css";

export function TopBar({ session, current }: { session: Session; current: Route }) {
  const [help, setHelp] = useState(false);
  useShortcuts({ "?": () => setHelp(true) });
  return (
    <header class="top-bar">
      <a class="top-bar-name" href={hashOfLastList()}>
        <span class="top-bar-mark" aria-hidden="true" />
        {t("deskName")}
      </a>
      <RoomNav rooms={session.rooms} current={current} />
      <button type="button" class="quiet-button top-bar-shortcuts" onClick={() => setHelp(true)}>
        {t("shortcuts")} <kbd>?</kbd>
      </button>
      <a
        class="quiet-button top-bar-who"
        href={roomHash("account")}
        aria-current={current.page === "room" && current.room === "account" ? "page" : undefined}
      >
        <span class="visually-hidden">{t("myAccount")}</span>
        {session.name}
        <span class="soft">{named("role", session.role)}</span>
      </a>
      <button type="button" class="quiet-button" onClick={leave}>
        {t("signOut")}
      </button>
      {help && <ShortcutHelp rooms={session.rooms} onClose={() => setHelp(false)} />}
    </header>
  );
}
