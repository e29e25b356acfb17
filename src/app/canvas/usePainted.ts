import { useCallback, useEffect, useRef, type RefObject } from 'react';
import { onLook } from '../theme.ts';

export type Paint = (context: CanvasRenderingContext2D) => void;

/**
 * A canvas that looks as the page does. It is painted anew when `paint` is another function, and when theme, paper or
 * high contrast change the colours: `paint` asks `colorOf` for each, and keeps none.
 *
 * @param readBack Whether pixels are read from it often.
 * @param place The canvas, where `paint` goes by something that is measured on it.
 * @returns The canvas's ref, and what paints it in between.
 */
export function usePainted(
  paint: Paint,
  readBack = false,
  place?: RefObject<HTMLCanvasElement | null>,
): readonly [RefObject<HTMLCanvasElement | null>, () => void] {
  const own = useRef<HTMLCanvasElement>(null);
  const canvas = place ?? own;
  const repaint = useCallback(() => {
    const context = canvas.current?.getContext('2d', { willReadFrequently: readBack });
    if (context) paint(context);
  }, [canvas, paint, readBack]);
  useEffect(() => {
    repaint();
    // Not by drawing the component again: a printer waits for nothing that comes later.
    return onLook(repaint);
  }, [repaint]);
  return [canvas, repaint];
}
