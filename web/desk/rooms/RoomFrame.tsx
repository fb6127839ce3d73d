// What every room has: its name, at the right what can be done with all of it, and its content.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../text";
import "./room.css";

interface Props {
  title: string;
  note?: string;
  actions?: ComponentChildren;
  children: ComponentChildren;
}

export function RoomFrame({ title, note, actions, children }: Props) {
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    main.current?.focus();
    document.title = `${title} · ${t("deskName")}`;
    return () => {
      document.title = t("deskName");
    };
  }, [title]);

  return (
    <main class="room" id="content" tabIndex={-1} ref={main}>
      <header class="room-head">
        <h1>{title}</h1>
        {actions && <div class="room-actions">{actions}</div>}
        {note && <p class="room-note soft">{note}</p>}
      </header>
      {children}
    </main>
  );
}
