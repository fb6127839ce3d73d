// Keeps a scrolled list at its end while the reader is there, and where the reader is when things come in above.
import { type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useMemo } from "preact/hooks";

/** A reader this near to the end counts as being there. */
const NEAR_PX = 48;

export interface StickToEnd {
  atEnd: Signal<boolean>;
  toEnd: () => void;
  /** Runs something that adds content above, and leaves what is in view in its place. */
  keepPlace: (work: () => Promise<void>) => Promise<void>;
}

export function useStickToEnd(scroller: RefObject<HTMLElement | null>): StickToEnd {
  const atEnd = useSignal(true);
  const actions = useMemo(() => {
    const toEnd = () => {
      atEnd.value = true;
      const box = scroller.current;
      if (box) box.scrollTop = box.scrollHeight;
    };
    const keepPlace = async (work: () => Promise<void>) => {
      const box = scroller.current;
      const below = box ? box.scrollHeight - box.scrollTop : 0;
      await work();
      requestAnimationFrame(() => {
        if (box) box.scrollTop = box.scrollHeight - below;
      });
    };
    return { toEnd, keepPlace };
  }, [atEnd, scroller]);
  useEffect(() => {
    const box = scroller.current;
    const content = box?.firstElementChild;
    if (!box || !content) return;
    let lastTop = box.scrollTop;
    // Only a reader moves up; a list that has grown since the last scrolling is followed, not left.
    const onScroll = () => {
      const near = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
      if (near || box.scrollTop < lastTop) atEnd.value = near;
      lastTop = box.scrollTop;
    };
    // New messages, cards that finish loading, and a keyboard that opens all change one of the two sizes.
    const sizes = new ResizeObserver(() => atEnd.value && actions.toEnd());
    sizes.observe(content);
    sizes.observe(box);
    box.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      sizes.disconnect();
      box.removeEventListener("scroll", onScroll);
    };
  }, [scroller, atEnd, actions]);
  return { atEnd, ...actions };
}
