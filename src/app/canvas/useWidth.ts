import { useLayoutEffect, useState, type RefObject } from 'react';

/**
 * How wide a canvas is shown, in CSS pixels: painted by it, letters have the size that they are given.
 *
 * @param start Before it has been seen.
 */
export function useWidth(canvas: RefObject<HTMLCanvasElement | null>, start: number): number {
  const [width, setWidth] = useState(start);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([{ contentRect }]) => {
      if (contentRect.width > 0) setWidth(Math.round(contentRect.width));
    });
    observer.observe(canvas.current!);
    return () => observer.disconnect();
  }, [canvas]);
  return width;
}
