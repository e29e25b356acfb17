import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { frameOf, type Frame } from './drawing.ts';

/** The drawing's frame, as large as the element is now. */
export function useFrame(): readonly [RefObject<HTMLDivElement | null>, Frame] {
  const element = useRef<HTMLDivElement>(null);
  const [{ width, height }, setSize] = useState({ width: 900, height: 200 });
  useLayoutEffect(() => {
    const room = element.current;
    if (!room) return;
    let frame = 0;
    const resize = (width: number, height: number) => {
      // What a person moves glides; what moves because the page got another width does not.
      room.dataset['still'] = '';
      setSize({ width, height });
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(() => delete room.dataset['still']);
      });
    };
    resize(room.clientWidth, room.clientHeight);
    const observer = new ResizeObserver(([{ contentRect }]) => resize(contentRect.width, contentRect.height));
    observer.observe(room);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
    };
  }, []);
  return [element, frameOf(Math.max(240, width), Math.max(96, height))];
}
