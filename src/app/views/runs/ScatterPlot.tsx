import { useLayoutEffect, useRef, useState } from 'react';
import { Scatter, type PlottedDot } from '../../charts/Scatter.tsx';
import styles from './trade-offs.module.css';

interface ScatterPlotProps {
  readonly dots: readonly PlottedDot[];
  readonly format: (x: number) => string;
}

/** The picture, as large as there is room for it. */
export function ScatterPlot({ dots, format }: ScatterPlotProps) {
  const room = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 560, height: 240 });
  useLayoutEffect(() => {
    const element = room.current;
    if (!element) return;
    const resize = () =>
      setSize({ width: Math.max(200, element.clientWidth), height: Math.max(120, element.clientHeight) });
    resize();
    const observer = new ResizeObserver(resize);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={room} className={styles.plot}>
      <Scatter dots={dots} format={format} {...size} />
    </div>
  );
}
