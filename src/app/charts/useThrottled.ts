import { startTransition, useEffect, useRef, useState } from 'react';

/** Five redraws a second look live. */
const INTERVAL_MS = 200;
/** Where a redraw is slow, at most a fifth of the page's time goes into redraws. */
const SHARE = 5;

/**
 * The value, at most five times a second and less often where drawing it takes long; the newest one always arrives.
 * Drawing is a transition: a click or a message from a device goes first.
 */
export function useThrottled<T>(value: T): T {
  const [shown, setShown] = useState(value);
  const next = useRef(-Infinity);
  const began = useRef(0);

  useEffect(() => {
    const timer = setTimeout(
      () => {
        began.current = performance.now();
        next.current = began.current + INTERVAL_MS;
        startTransition(() => setShown(value));
      },
      Math.max(0, next.current - performance.now()),
    );
    return () => clearTimeout(timer);
  }, [value]);

  useEffect(() => {
    // What was there at the beginning took no redraw.
    if (began.current === 0) return;
    const ended = performance.now();
    next.current = Math.max(next.current, ended + (SHARE - 1) * (ended - began.current));
  }, [shown]);

  return shown;
}
