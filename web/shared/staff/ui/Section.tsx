// A titled part of a column that tells about something.
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface Props {
  title: string;
  children: ComponentChildren;
}

export function Section({ title, children }: Props) {
  const id = useId();
  return (
    <section class="about-section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
