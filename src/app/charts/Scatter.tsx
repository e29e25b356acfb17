import { percentOnAxis } from '../format.ts';
import { TICK } from './axes.tsx';
import { PLOT, scatterOf } from './scatter.ts';

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

interface ScatterProps {
  readonly dots: readonly PlottedDot[];
  readonly format: (x: number) => string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** Room that a number on the horizontal axis needs. */
const TICK_ROOM = 64;

/** Shares over a logarithmic axis; full dots have a name. Looks stand in attributes, so that it can be a file of its own. */
export function Scatter({ dots, format, width, height }: ScatterProps) {
  const { dots: placed, names, across, up, broken } = scatterOf(dots, width, height);
  const [right, bottom] = [width - PLOT.right, height - PLOT.bottom];
  // Numbers that would run into each other leave some out.
  const every = Math.max(1, Math.ceil((across.length * TICK_ROOM) / Math.max(1, right - PLOT.left)));
  // Those without a name lie behind.
  const order = [...dots.keys()].sort((a, b) => Number(names[a] !== null) - Number(names[b] !== null));
  return (
    <svg width={width} height={height} aria-hidden="true">
      {up.map(({ at, value }) => (
        <g key={value}>
          <line x1={PLOT.left} x2={right} y1={at} y2={at} stroke="var(--line)" />
          <text x={PLOT.left - 8} y={at} dy="0.355em" textAnchor="end" {...TICK}>
            {percentOnAxis(value)}
          </text>
        </g>
      ))}
      <g fill="none" stroke="var(--line-strong)">
        <line x1={PLOT.left} x2={right} y1={bottom} y2={bottom} />
        {broken !== null && <path d={`M${broken - 3} ${bottom + 5}l6 -10m4 0l-6 10`} />}
        {across.map(({ at, value }) => (
          <line key={value} x1={at} x2={at} y1={bottom} y2={bottom + 4} />
        ))}
      </g>
      {across.map(
        ({ at, value }, index) =>
          (value === 0 || index % every === 0) && (
            <text
              key={value}
              x={Math.min(at, right - 12)}
              y={bottom + 8}
              dy="0.71em"
              textAnchor="middle"
              {...TICK}
            >
              {format(value)}
            </text>
          ),
      )}
      {order.map((index) => {
        const { key, color, title, name } = dots[index];
        const { x, y } = placed[index];
        return (
          <circle
            key={key}
            cx={x}
            cy={y}
            r={name ? 5.5 : 4.5}
            fill={name ? color : 'var(--surface)'}
            stroke={name ? 'var(--surface)' : color}
            strokeWidth={name ? 1.5 : 2}
          >
            <title>{title}</title>
          </circle>
        );
      })}
      <g
        fontSize={14}
        fontWeight={600}
        stroke="var(--surface)"
        strokeWidth={3}
        strokeLinejoin="round"
        paintOrder="stroke"
      >
        {names.map(
          (name, index) =>
            name && (
              <text
                key={dots[index].key}
                x={name.x}
                y={name.y}
                dy="0.355em"
                textAnchor={name.anchor}
                fill={dots[index].color}
              >
                {name.text}
              </text>
            ),
        )}
      </g>
    </svg>
  );
}
