// Keeps the composer above the on-screen keyboard: iOS lays the keyboard over the page and only tells visualViewport.
import { useEffect } from "preact/hooks";

export function useKeyboardInset(): void {
  useEffect(() => {
    const viewport = window.visualViewport;
    if (!viewport) return;
    const root = document.documentElement;
    const follow = () => {
      root.style.setProperty("--app-height", `${viewport.height}px`);
      // iOS scrolls the page to the focused field; the app is a fixed screen and goes back.
      if (viewport.offsetTop > 0) window.scrollTo(0, 0);
    };
    // Pinch zoom shrinks the visual viewport too, but the layout must stay then.
    const onResize = () => viewport.scale === 1 && follow();
    onResize();
    viewport.addEventListener("resize", onResize);
    return () => viewport.removeEventListener("resize", onResize);
  }, []);
}
