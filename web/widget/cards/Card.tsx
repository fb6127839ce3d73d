// The frame of all cards: an icon, a title, which application it belongs to, a state at the right, then its content.
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Icon, type IconName } from "../components/Icon";
import "./card.css";

interface Props {
  icon: IconName;
  title: string;
  /** The label of its application, when there may be several. */
  about?: string;
  badge?: ComponentChildren;
  /** For tests and styles. */
  kind: string;
  children: ComponentChildren;
}

export function Card({ icon, title, about, badge, kind, children }: Props) {
  const id = useId();
  return (
    <section class={`card card-${kind}`} aria-labelledby={id}>
      <header class="card-head">
        <span class="card-icon">
          <Icon name={icon} />
        </span>
        <h2 id={id} class="card-title">
          {title}
          {about && <small class="card-about">{about}</small>}
        </h2>
        {badge}
      </header>
      {children}
    </section>
  );
}
