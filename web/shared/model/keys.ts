// Which key presses send a message: Enter alone, and never the Enter that ends a word in an input method.

export interface KeyPress {
  key: string;
  keyCode: number;
  isComposing: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** Safari reports the closing Enter after the composition with keyCode 229; the others set isComposing. */
const COMPOSING_KEY_CODE = 229;

export function sends(press: KeyPress): boolean {
  if (press.isComposing || press.keyCode === COMPOSING_KEY_CODE) return false;
  return press.key === "Enter" && !press.shiftKey && !press.altKey;
}
