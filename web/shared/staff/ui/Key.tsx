// The key that does what its button does, for eyes only: the button names it to screen readers itself.
export function Key({ name }: { name: string }) {
  return (
    <span class="key" aria-hidden="true">
      {name}
    </span>
  );
}
