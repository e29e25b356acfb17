import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { frameOf, type Frame } from './drawing.ts';

/** The drawing's frame, as wide as the element is now. */
export function useFrame(): readonly [RefObject<HTMLDivElement | null>, Frame] {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(900);
  useLayoutEffect(() => {
    if (!element.current) return;
    setWidth(element.current.clientWidth);
    const observer = new ResizeObserver(([{ contentRect }]) => setWidth(contentRect.width));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return [element, frameOf(Math.max(240, width))];
}
