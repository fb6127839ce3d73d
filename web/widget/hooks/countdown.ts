// Counts seconds down to zero; by the clock, because timers sleep in hidden pages.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

export interface Countdown {
  left: number;
  start(seconds: number): void;
}

export function useCountdown(): Countdown {
  const end = useSignal(0);
  const left = useSignal(0);
  useEffect(() => {
    if (end.value === 0) return;
    const tick = () => {
      left.value = Math.max(0, Math.ceil((end.value - Date.now()) / 1000));
      if (left.value === 0) end.value = 0;
    };
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [end.value, end, left]);
  return {
    left: left.value,
    start: (seconds) => {
      left.value = seconds;
      end.value = Date.now() + seconds * 1000;
    },
  };
}
