import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { frameOf, type Frame } from './drawing.ts';

/** The drawing's frame, as wide as the element is now. */
export function useFrame(): readonly [RefObject<HTMLDivElement | null>, Frame] {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(900);
  useLayoutEffect(() => {
    const room = element.current;
    if (!room) return;
    let frame = 0;
    const resize = (width: number) => {
      // What a person moves glides; what moves because the page got another width does not.
      room.dataset['still'] = '';
      setWidth(width);
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(() => delete room.dataset['still']);
      });
    };
    resize(room.clientWidth);
    const observer = new ResizeObserver(([{ contentRect }]) => resize(contentRect.width));
    observer.observe(room);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
    };
  }, []);
  return [element, frameOf(Math.max(240, width))];
}
