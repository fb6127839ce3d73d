// A box that takes the focus when it appears.
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

export function useFocused(): RefObject<HTMLInputElement | null> {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus(), []);
  return box;
}
