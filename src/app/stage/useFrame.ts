import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { frameOf, type Frame } from './drawing.ts';

/** The drawing's frame, as large as the element is now. */
export function useFrame(): readonly [RefObject<HTMLDivElement | null>, Frame] {
  const element = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 900, height: 166, stage: 1300 });
  useLayoutEffect(() => {
    const room = element.current;
    if (!room) return;
    let frame = 0;
    const resize = () => {
      const { clientWidth: width, clientHeight: height, parentElement: board } = room;
      // What a person moves glides; what moves because the page got another size does not.
      room.dataset['still'] = '';
      setSize({ width, height, stage: board?.clientWidth ?? width });
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(() => delete room.dataset['still']);
      });
    };
    resize();
    const observer = new ResizeObserver(resize);
    observer.observe(room);
    // Columns beside it come and go with the stage's width.
    if (room.parentElement) observer.observe(room.parentElement);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
    };
  }, []);
  return [element, frameOf(Math.max(200, size.width), Math.max(80, size.height), size.stage)];
}
