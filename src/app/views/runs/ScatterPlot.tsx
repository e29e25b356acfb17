import { useLayoutEffect, useRef, useState } from 'react';
import { TICK } from '../../charts/axes.tsx';
import { percentOnAxis } from '../../format.ts';
import { scatterOf, PLOT } from './scatter.ts';
import styles from './trade-offs.module.css';

export interface PlottedDot {
  readonly key: string;
  readonly x: number;
  /** A share of 1. */
  readonly y: number;
  readonly name?: string | undefined;
  readonly color: string;
  /** All of it, for the tip. */
  readonly title: string;
}

interface ScatterPlotProps {
  readonly dots: readonly PlottedDot[];
  readonly format: (x: number) => string;
}

/** Dots over a logarithmic axis; full ones have a name. */
export function ScatterPlot({ dots, format }: ScatterPlotProps) {
  const room = useRef<HTMLDivElement>(null);
  const [{ width, height }, setSize] = useState({ width: 560, height: 260 });
  useLayoutEffect(() => {
    const element = room.current;
    if (!element) return;
    const resize = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    resize();
    const observer = new ResizeObserver(resize);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const {
    dots: placed,
    names,
    across,
    up,
    broken,
  } = scatterOf(dots, Math.max(200, width), Math.max(120, height));
  const [right, bottom] = [Math.max(200, width) - PLOT.right, Math.max(120, height) - PLOT.bottom];
  // Ticks that would run into each other leave every other one out.
  const every = Math.max(1, Math.ceil((across.length * 64) / Math.max(1, right - PLOT.left)));
  return (
    <div ref={room} className={styles.plot}>
      <svg width={width} height={height} aria-hidden="true">
        {up.map(({ at, value }) => (
          <g key={value}>
            <line className={styles.grid} x1={PLOT.left} x2={right} y1={at} y2={at} />
            <text x={PLOT.left - 8} y={at} dy="0.355em" textAnchor="end" {...TICK}>
              {percentOnAxis(value)}
            </text>
          </g>
        ))}
        <line className={styles.axis} x1={PLOT.left} x2={right} y1={bottom} y2={bottom} />
        {broken !== null && (
          <path className={styles.broken} d={`M${broken - 3} ${bottom + 5}l6 -10m4 0l-6 10`} />
        )}
        {across.map(({ at, value }, index) => (
          <g key={value}>
            <line className={styles.axis} x1={at} x2={at} y1={bottom} y2={bottom + 4} />
            {(value === 0 || index % every === 0) && (
              <text x={Math.min(at, right - 12)} y={bottom + 8} dy="0.71em" textAnchor="middle" {...TICK}>
                {format(value)}
              </text>
            )}
          </g>
        ))}
        {/* Those without a name lie behind. */}
        {[...dots.keys()]
          .sort((a, b) => Number(names[a] !== null) - Number(names[b] !== null))
          .map((index) => {
            const { key, color, title, name } = dots[index];
            const { x, y } = placed[index];
            return (
              <circle
                key={key}
                cx={x}
                cy={y}
                r={name ? 5.5 : 4.5}
                style={name ? { fill: color } : { stroke: color }}
                className={name ? styles.full : styles.hollow}
              >
                <title>{title}</title>
              </circle>
            );
          })}
        {names.map(
          (name, index) =>
            name && (
              <text
                key={dots[index].key}
                className={styles.name}
                x={name.x}
                y={name.y}
                dy="0.355em"
                textAnchor={name.anchor}
              >
                {name.text}
              </text>
            ),
        )}
      </svg>
    </div>
  );
}
