// The few line icons of the desk; always beside words or a label, so hidden from screen readers.
const PATHS = {
  back: "M10 3 5 8l5 5",
  forward: "m6 3 5 5-5 5",
  check: "m3 8.5 3.2 3L13 4.5",
  undo: "M6 3 2.5 6.5 6 10M3 6.5h6a4 4 0 0 1 0 8H7",
  warning: "M8 2 1.5 13.5h13zM8 6.5v3.2M8 11.6v.1",
  info: "M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M8 7.2v4M8 4.8v.1",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  whole: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  turnLeft: "M4.5 2v3.5H8M4.8 5.3a5.5 5.5 0 1 1-2 5",
  turnRight: "M11.5 2v3.5H8M11.2 5.3a5.5 5.5 0 1 0 2 5",
  download: "M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11",
  clock: "M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M8 4.5V8l2.5 1.8",
  circle: "M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11",
  dash: "M4 8h8",
  question: "M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M6.2 6.3a1.9 1.9 0 1 1 2.6 1.8c-.6.3-.8.7-.8 1.2M8 11.4v.1",
  speech: "M2.5 3h11v8H8l-3 2.5V11H2.5zM5 6h6M5 8.3h4",
  lock: "M4 7.5V5.2a4 4 0 0 1 8 0v2.3M3 7.5h10v6.5H3z",
  close: "m4 4 8 8M12 4l-8 8",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" aria-hidden="true">
      <path d={PATHS[name]} stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
