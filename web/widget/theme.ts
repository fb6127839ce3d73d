// The host page's own colour, if people can read white letters on it.

const READABLE = 4.5;

export function applyAccent(accent: string): void {
  if (!/^#[0-9a-f]{6}$/i.test(accent) || contrastWithWhite(accent) < READABLE) return;
  if (window.matchMedia("(prefers-color-scheme: dark)").matches) return;
  const style = document.documentElement.style;
  style.setProperty("--accent", accent);
  style.setProperty("--accent-strong", accent);
  style.setProperty("--accent-soft", `color-mix(in srgb, ${accent} 10%, white)`);
}

/** WCAG 2 contrast ratio of white on this colour. */
export function contrastWithWhite(hex: string): number {
  const channel = (start: number) => {
    const share = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 1.05 / (0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5) + 0.05);
}
