import { startTransition, useEffect, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';

/** Drawings that wait for their turn; each is granted in a task of its own, so that input comes between them. */
const waiting: (() => void)[] = [];
let granting = false;

function grantNext(): void {
  const grant = waiting.shift();
  if (!grant) {
    granting = false;
    return;
  }
  grant();
  // After the frame that shows it.
  requestAnimationFrame(() => setTimeout(grantNext, 0));
}

function queue(grant: () => void): () => void {
  waiting.push(grant);
  if (!granting) {
    granting = true;
    setTimeout(grantNext, 0);
  }
  return () => {
    const at = waiting.indexOf(grant);
    if (at >= 0) waiting.splice(at, 1);
  };
}

/**
 * The newest value, as soon as it is this drawing's turn and it is on the screen (or nearly). A chart takes tens of
 * milliseconds to draw: one at a time, and none that nobody sees.
 */
export function useStaggered<T>(value: T, element: RefObject<Element | null>): T {
  const [shown, setShown] = useState(value);
  const [visible, setVisible] = useState(true);
  useEffect(() => {
    if (!element.current) return;
    const observer = new IntersectionObserver(
      (entries) => setVisible(entries[entries.length - 1].isIntersecting),
      { rootMargin: '150px' },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  useEffect(() => {
    if (!visible || shown === value) return;
    return queue(() => startTransition(() => setShown(value)));
  }, [visible, shown, value]);
  // On paper everything is seen, and at once.
  useEffect(() => {
    const print = () => flushSync(() => setShown(value));
    addEventListener('beforeprint', print);
    return () => removeEventListener('beforeprint', print);
  }, [value]);
  return shown;
}
