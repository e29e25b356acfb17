import type { ReactNode } from 'react';
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { bytes, count, significant } from '../format.ts';
import { chartsText as text } from '../text/charts.ts';
import { dashOf } from '../modes.ts';
import { ChartCard } from './ChartCard.tsx';
import styles from './charts.module.css';
import { decimate } from './decimate.ts';
import { rowsOf, type Axis, type Line as Series } from './series.ts';

interface LineChartCardProps {
  readonly name: string;
  readonly lines: readonly Series[];
  readonly axis: Axis;
  /** How a value is written, in the summary, the tooltip and on the axis. */
  readonly format: (value: number) => string;
  readonly domain?: readonly [number | 'auto', number | 'auto'];
  /** Where a mode's partitions were joined, on this axis. */
  readonly joins?: readonly number[];
  readonly tools?: ReactNode;
}

const HEIGHT = 240;

const TICKS: Readonly<Record<Axis, (x: number) => string>> = {
  epochs: significant,
  seconds: significant,
  samples: count,
  flops: count,
  bytes,
};

/** How a line looks, in the drawing and in its legend. */
const strokeOf = (mode: Series['mode'], secondary: boolean) => ({
  stroke: `var(--mode-${mode})`,
  strokeWidth: secondary ? 1.25 : 2.25,
  strokeOpacity: secondary ? 0.7 : 1,
  strokeDasharray: secondary ? '1 3' : dashOf(mode),
});

/** Where nothing moves along the axis, as with no bytes sent, a line is a dot or a few above each other. */
const still = (points: Series['points']) => points.every(({ x }) => x === points[0].x);

/** Several lines over the chosen axis. */
export function LineChartCard({ name, lines, axis, format, domain, joins = [], tools }: LineChartCardProps) {
  const drawn = lines.map((line) => ({ ...line, points: decimate(line.points) }));
  const summary =
    lines.length === 0
      ? text.empty
      : text.summary(
          name,
          lines.map(({ label, points }) => text.summaryPart(label, format(points[points.length - 1].y))),
        );
  const table = {
    head: [text.axis.units[axis], ...lines.map(({ label }) => label)],
    rows: rowsOf(lines).map(({ x, values }) => [
      significant(x),
      ...lines.map(({ key }) => (key in values ? format(values[key]) : '')),
    ]),
  };
  return (
    <ChartCard name={name} summary={summary} table={table} tools={tools}>
      <ul className={styles.lines} aria-hidden="true">
        {lines.map(({ key, label, mode, secondary }) => (
          <li key={key}>
            <svg width="24" height="8">
              <line x1="0" x2="24" y1="4" y2="4" {...strokeOf(mode, secondary)} />
            </svg>
            {label}
          </li>
        ))}
      </ul>
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <LineChart margin={{ top: 8, right: 12, bottom: 18, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <XAxis
            type="number"
            dataKey="x"
            domain={[0, lines.length === 0 ? 1 : 'auto']}
            tickFormatter={TICKS[axis]}
            stroke="var(--line-strong)"
            tick={{ fill: 'var(--ink-3)', fontSize: 12 }}
            label={{
              value: text.axis.units[axis],
              position: 'bottom',
              offset: 2,
              fill: 'var(--ink-3)',
              fontSize: 12,
            }}
          />
          <YAxis
            domain={domain ? [...domain] : ['auto', 'auto']}
            tickFormatter={format}
            width={58}
            stroke="var(--line-strong)"
            tick={{ fill: 'var(--ink-3)', fontSize: 12 }}
          />
          {lines.length > 0 && (
            <Tooltip
              isAnimationActive={false}
              formatter={(value) => format(Number(value))}
              labelFormatter={(x) => `${significant(Number(x))} ${text.axis.units[axis]}`}
              contentStyle={{
                background: 'var(--surface)',
                border: '1px solid var(--line-strong)',
                borderRadius: 8,
                color: 'var(--ink)',
                fontSize: 13,
              }}
            />
          )}
          {joins.map((x) => (
            <ReferenceLine
              key={x}
              x={x}
              stroke="var(--ink-3)"
              strokeDasharray="2 3"
              label={{ value: text.joined, position: 'insideTopRight', fill: 'var(--ink-3)', fontSize: 12 }}
            />
          ))}
          {drawn.map(({ key, label, mode, secondary, points }) => (
            <Line
              key={key}
              data={[...points]}
              dataKey="y"
              name={label}
              type="linear"
              {...strokeOf(mode, secondary)}
              dot={still(points)}
              activeDot={{ r: 4 }}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
      {lines.length === 0 && <p className={styles.empty}>{text.empty}</p>}
    </ChartCard>
  );
}
