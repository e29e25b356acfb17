import { useEffect, useRef, useState } from 'react';

/** Redraws of a chart cost 30–60 ms; five a second look live and leave the page its time. */
const INTERVAL_MS = 200;

/** The value, at most five times a second; the newest one always arrives. */
export function useThrottled<T>(value: T): T {
  const [shown, setShown] = useState(value);
  const last = useRef(-Infinity);
  useEffect(() => {
    const wait = Math.max(0, last.current + INTERVAL_MS - performance.now());
    const timer = setTimeout(() => {
      last.current = performance.now();
      setShown(value);
    }, wait);
    return () => clearTimeout(timer);
  }, [value]);
  return shown;
}
