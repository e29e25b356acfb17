import {
  CartesianGrid,
  Line as Drawn,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { bytes, count, significant } from '../format.ts';
import { chartsText as text } from '../text/charts.ts';
import { decimate } from './decimate.ts';
import { Pointing } from './Pointing.tsx';
import { roundAxis, roundTicks } from '../ticks.ts';
import type { Axis, Line } from './series.ts';
import { smooth } from './smooth.ts';
import { setCrosshair } from './view.ts';

export interface Mark {
  readonly x: number;
  readonly label: string;
}

export interface CurvesProps {
  readonly lines: readonly Line[];
  readonly axis: Axis;
  /** How a value is written. */
  readonly format: (value: number) => string;
  /** The same on the axis, where it is shorter there. */
  readonly formatTick?: (value: number) => string;
  /** Whether the vertical axis begins at zero, as long as it is all of the lines that is shown. */
  readonly fromZero?: boolean;
  /** Where something happened, on the horizontal axis. */
  readonly marks?: readonly Mark[];
  /** Where their names stand: where lines mostly do not. */
  readonly marksAt?: 'top' | 'bottom';
  readonly logX?: boolean;
  readonly logY?: boolean;
  /** Weight of the moving average; the lines as they are stay behind it. */
  readonly smoothing?: number;
  /** Part of the horizontal axis that is shown. */
  readonly span?: readonly [from: number, to: number] | null;
  /** Someone chose a part of the horizontal axis on the chart itself, or all of it again. */
  readonly onZoom?: (part: readonly [from: number, to: number] | null) => void;
  /** Pixels; all of the place it stands in where it is left out. */
  readonly size?: { readonly width: number; readonly height: number };
}

const TICKS: Readonly<Record<Axis, (x: number) => string>> = {
  epochs: significant,
  seconds: significant,
  samples: count,
  flops: count,
  bytes,
};

/** How a line looks, in the drawing and in its legend. */
export const strokeOf = ({ color, dash, secondary }: Line) => ({
  stroke: color,
  strokeWidth: secondary ? 1.25 : 2.25,
  strokeOpacity: secondary ? 0.7 : 1,
  strokeDasharray: dash,
});

/** Where nothing moves along the axis, as with no bytes sent, a line is a dot or a few above each other. */
const still = (points: Line['points']) => points.every(({ x }) => x === points[0].x);

const TICK = { fill: 'var(--ink-3)', fontSize: 12 };

interface TickProps {
  readonly x: number | string;
  readonly y: number | string;
  readonly payload: { readonly value: number };
}

/**
 * A number on an axis. Recharts' own asks the browser for its font and its size, each time a layout of the page, and
 * draws the whole axis again when it has the answer; here both are known.
 */
const tick =
  (anchor: 'middle' | 'end', write: (value: number) => string) =>
  ({ x, y, payload }: TickProps) => (
    <text x={x} y={y} dy={anchor === 'end' ? '0.355em' : '0.71em'} textAnchor={anchor} {...TICK}>
      {write(payload.value)}
    </text>
  );

/** Several lines over one axis: the drawing alone, on the page and in a file. */
export function Curves({
  lines,
  axis,
  format,
  formatTick = format,
  fromZero = false,
  marks = [],
  marksAt = 'top',
  logX = false,
  logY = false,
  smoothing = 0,
  span = null,
  onZoom,
  size,
}: CurvesProps) {
  const seen = lines.map((line) => ({ ...line, points: visible(line.points, { logX, logY, span }) }));
  const drawn = seen
    .filter(({ points }) => points.length > 0)
    .map((line) => ({
      ...line,
      raw: decimate(line.points),
      points: decimate(smooth(line.points, smoothing)),
    }));
  // Of a part, what is in it fills the chart.
  const shown = drawn.flatMap(({ raw, points }) => [...(smoothing > 0 ? raw : []), ...points]);
  const values = shown.map(({ y }) => y);
  const vertical = roundAxis(fromZero && !span ? 0 : Math.min(...values), Math.max(0, ...values));
  const heights = { domain: [...vertical.domain], ticks: [...vertical.ticks] };
  const chart = (
    <LineChart
      key={`${logX} ${logY}`}
      {...size}
      margin={{ top: 8, right: 26, bottom: 18, left: 0 }}
      accessibilityLayer={false}
      onMouseLeave={() => setCrosshair(null)}
    >
      <CartesianGrid stroke="var(--line)" vertical={false} />
      <XAxis
        type="number"
        dataKey="x"
        scale={logX ? 'log' : 'auto'}
        domain={span ? [...span] : logX ? ['dataMin', 'dataMax'] : [0, drawn.length === 0 ? 1 : 'auto']}
        allowDataOverflow={span !== null}
        {...(span && !logX ? { ticks: roundTicks(span[0], span[1], 5) } : {})}
        stroke="var(--line-strong)"
        tick={tick('middle', TICKS[axis])}
        // A logarithm has as many as it likes; those that fit are found by measuring them.
        interval={logX ? 'preserveEnd' : 0}
        tickFormatter={TICKS[axis]}
        label={{ value: text.axis.units[axis], position: 'bottom', offset: 2, ...TICK }}
      />
      <YAxis
        scale={logY ? 'log' : 'auto'}
        {...(logY ? { domain: ['dataMin', 'dataMax'] } : heights)}
        width={58}
        stroke="var(--line-strong)"
        tick={tick('end', formatTick)}
        interval={logY ? 'preserveEnd' : 0}
        tickFormatter={formatTick}
      />
      {drawn.length > 0 && (
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
      {marks.map(({ x, label }) => (
        <ReferenceLine
          key={`${label} ${x}`}
          x={x}
          stroke="var(--ink-3)"
          strokeDasharray="2 3"
          label={{
            value: label,
            position: marksAt === 'top' ? 'insideTopRight' : 'insideBottomRight',
            ...TICK,
          }}
        />
      ))}
      {smoothing > 0 &&
        drawn.map((line) => (
          <Drawn
            key={`${line.key} raw`}
            data={[...line.raw]}
            dataKey="y"
            type="linear"
            {...strokeOf(line)}
            strokeWidth={1}
            strokeOpacity={0.3}
            dot={false}
            activeDot={false}
            tooltipType="none"
            isAnimationActive={false}
          />
        ))}
      {drawn.map((line) => (
        <Drawn
          key={line.key}
          data={[...line.points]}
          dataKey="y"
          name={line.label}
          type="linear"
          {...strokeOf(line)}
          dot={still(line.points)}
          activeDot={{ r: 4 }}
          isAnimationActive={false}
        />
      ))}
      {!size && drawn.length > 0 && <Pointing onZoom={onZoom} />}
    </LineChart>
  );
  if (size) return chart;
  return (
    <ResponsiveContainer width="100%" height="100%">
      {chart}
    </ResponsiveContainer>
  );
}

/** What a logarithm can show, and what lies in the part that is looked at, with the points beside it: lines go on. */
function visible(
  points: Line['points'],
  { logX, logY, span }: { logX: boolean; logY: boolean; span: CurvesProps['span'] },
): Line['points'] {
  if (!logX && !logY && !span) return points;
  const there = points.filter(({ x, y }) => (!logX || x > 0) && (!logY || y > 0));
  if (!span) return there;
  const [from, to] = span;
  return there.filter(({ x }, index) => {
    const before = there[index - 1]?.x ?? x;
    const after = there[index + 1]?.x ?? x;
    return after >= from && before <= to;
  });
}
