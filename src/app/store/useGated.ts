import { startTransition, useEffect, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import type { SessionState } from '../../session/state.ts';
import { useTheSession } from './context.tsx';
import { createGate, type Entry } from './gate.ts';

/** One for the whole page. */
const gate = createGate({
  now: () => performance.now(),
  later(run, ms) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  // In a task of its own, so that input comes between two drawings.
  afterFrame: (run) => void requestAnimationFrame(() => void setTimeout(run, 0)),
});

interface Drawing<T> {
  /** Whether two values draw alike; what is alike is not drawn again. */
  readonly same?: (a: T, b: T) => boolean;
  /** Where it is drawn: nothing is while nobody sees it, and it is busy while it waits for its turn. */
  readonly element?: RefObject<Element | null>;
}

/**
 * Part of the session for what is costly to draw: the newest value, when it is this drawing's turn. `select` and `same`
 * stay the same functions.
 */
export function useGated<T>(
  select: (state: SessionState) => T,
  { same = Object.is, element }: Drawing<T> = {},
): T {
  const { store } = useTheSession();
  const [shown, setShown] = useState(() => select(store.getState()));
  const latest = useRef(shown);
  const entry = useRef<Entry | null>(null);

  useEffect(() => {
    let seen = true;
    const place = element?.current ?? null;
    const busy = (is: boolean) => place?.setAttribute('aria-busy', String(is));
    const show = () => {
      const newest = select(store.getState());
      // It may be again what it was when this was asked for.
      if (newest === latest.current) return busy(false);
      latest.current = newest;
      setShown(newest);
    };
    const own = gate(() => startTransition(show));
    entry.current = own;
    const look = () => {
      if (!seen || same(latest.current, select(store.getState()))) return;
      busy(true);
      own.ask();
    };
    const observer = new IntersectionObserver(
      (entries) => {
        seen = entries[entries.length - 1].isIntersecting;
        look();
      },
      { rootMargin: '150px' },
    );
    if (place) observer.observe(place);
    const unsubscribe = store.subscribe(look);
    // On paper everything is seen, and at once.
    const print = () => flushSync(show);
    addEventListener('beforeprint', print);
    look();
    return () => {
      own.leave();
      observer.disconnect();
      unsubscribe();
      removeEventListener('beforeprint', print);
    };
  }, [store, select, same, element]);

  useEffect(() => {
    entry.current?.drawn();
    element?.current?.setAttribute('aria-busy', 'false');
  }, [shown, element]);

  return shown;
}
