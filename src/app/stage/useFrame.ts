import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { frameOf, type Frame } from './drawing.ts';

const sizeOf = ({ clientWidth: width, clientHeight: height, parentElement: board }: HTMLElement) => ({
  width,
  height,
  stage: board?.clientWidth ?? width,
});

/** The drawing's frame, as large as the element is now. */
export function useFrame(): readonly [RefObject<HTMLDivElement | null>, Frame] {
  const element = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 900, height: 166, stage: 1300 });
  useLayoutEffect(() => {
    const room = element.current;
    if (!room) return;
    let frame = 0;
    const resize = () => {
      // What a person moves glides; what moves because the page got another size does not.
      room.dataset['still'] = '';
      setSize(sizeOf(room));
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
  // What goes by the size may change it, as on a phone, where columns become rows: that is seen before anything is painted.
  useLayoutEffect(() => {
    const now = sizeOf(element.current!);
    if (now.width !== size.width || now.height !== size.height || now.stage !== size.stage) setSize(now);
  }, [size]);
  return [element, frameOf(Math.max(200, size.width), Math.max(80, size.height), size.stage)];
}
