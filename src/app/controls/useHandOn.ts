import { useEffect, useRef, type FocusEvent } from 'react';
import { handOn, type Next } from './hand-on.ts';

/**
 * Hands the focus on where what has it goes away, by a press or by itself: to the first of these that can take it.
 * @returns What the element around all of it listens to.
 */
export function useHandOn(...to: readonly Next[]) {
  const last = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (!last.current || last.current.isConnected) return;
    last.current = null;
    handOn(...to);
  });
  return {
    onFocus: ({ target }: FocusEvent<HTMLElement>) => void (last.current = target),
    onBlur: ({ target }: FocusEvent<HTMLElement>) =>
      // What is taken away loses the focus before it is gone.
      void requestAnimationFrame(() => {
        if (last.current === target && target.isConnected) last.current = null;
      }),
  };
}
