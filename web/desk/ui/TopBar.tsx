// The line above everything: where one is, the shortcuts, who is signed in.
import { useState } from "preact/hooks";
import { signOut } from "../signin/SignInAgain";
import { hashOfLastList } from "../state/route";
import { named, t } from "../text";
import type { Session } from "../types";
import { ShortcutHelp } from "./ShortcutHelp";
import { useShortcuts } from "./shortcuts";
import "./top-bar.css";

export function TopBar({ session }: { session: Session }) {
  const [help, setHelp] = useState(false);
  useShortcuts({ "?": () => setHelp(true) });
  return (
    <header class="top-bar">
      <a class="top-bar-name" href={hashOfLastList()}>
        <span class="top-bar-mark" aria-hidden="true" />
        {t("deskName")}
      </a>
      <button type="button" class="quiet-button top-bar-shortcuts" onClick={() => setHelp(true)}>
        {t("shortcuts")} <kbd>?</kbd>
      </button>
      <span class="top-bar-who">
        {session.name}
        <span class="soft">{named("role", session.role)}</span>
      </span>
      <button type="button" class="quiet-button" onClick={signOut}>
        {t("signOut")}
      </button>
      {help && <ShortcutHelp onClose={() => setHelp(false)} />}
    </header>
  );
}
