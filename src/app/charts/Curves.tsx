import { memo, useMemo } from 'react';
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
import { significant } from '../format.ts';
import { chartsText as text } from '../text/charts.ts';
import { nameOf, PLACES, TICK, tickOf } from './axes.tsx';
import { Pointing } from './Pointing.tsx';
import { roundAxis, roundTicks } from '../ticks.ts';
import type { Axis, Line } from './series.ts';
import { logSpan, shapeOf } from './shape.ts';
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

/** How a line looks, in the drawing and in its legend. */
export const strokeOf = ({ color, dash, secondary }: Line) => ({
  stroke: color,
  strokeWidth: secondary ? 1.25 : 2.25,
  strokeOpacity: secondary ? 0.7 : 1,
  strokeDasharray: dash,
});

/** Where nothing moves along the axis, as with no bytes sent, a line is a dot or a few above each other. */
const still = (points: Line['points']) => points.every(({ x }) => x === points[0].x);

const MARGIN = { top: 8, right: 26, bottom: 18, left: 0 };
const ACTIVE_DOT = { r: 4 };
const FROM_DATA: ['dataMin', 'dataMax'] = ['dataMin', 'dataMax'];

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
  const drawn = lines
    .map((line) => ({ ...line, ...shapeOf(line.points, { logX, logY, smoothing, span }) }))
    .filter(({ points }) => points.length > 0);
  // Of a part, what is in it fills the chart.
  const values = drawn
    .flatMap(({ raw, points }) => (raw === points ? points : [...raw, ...points]))
    .map(({ y }) => y);
  const heights = useSame(roundAxis(fromZero && !span ? 0 : Math.min(...values), Math.max(0, ...values)));
  const places = drawn.map(({ points }) => points[points.length - 1].x);
  const across = useSame(
    span
      ? {
          domain: logX
            ? logSpan(
                span,
                drawn.map(({ raw }) => raw),
              )
            : span,
          ticks: roundTicks(span[0], span[1], 5),
        }
      : roundAxis(0, Math.max(...places, drawn.length === 0 ? 1 : 0)),
  );
  const chart = (
    <LineChart
      key={`${logX} ${logY}`}
      {...size}
      margin={MARGIN}
      accessibilityLayer={false}
      onMouseLeave={leave}
    >
      <Grid />
      <XAxis
        type="number"
        dataKey="x"
        scale={logX ? 'log' : 'auto'}
        domain={logX && !span ? FROM_DATA : across.domain}
        {...(logX ? {} : { ticks: across.ticks })}
        allowDataOverflow={span !== null}
        niceTicks="none"
        stroke="var(--line-strong)"
        tick={tickOf('middle', PLACES[axis])}
        // A logarithm has as many as it likes; those that fit are found by measuring them.
        interval={logX ? 'preserveEnd' : 0}
        tickFormatter={PLACES[axis]}
        label={nameOf(axis)}
      />
      <YAxis
        scale={logY ? 'log' : 'auto'}
        {...(logY ? { domain: FROM_DATA } : heights)}
        niceTicks="none"
        width={58}
        stroke="var(--line-strong)"
        tick={tickOf('end', formatTick)}
        interval={logY ? 'preserveEnd' : 0}
        tickFormatter={formatTick}
      />
      {drawn.length > 0 && <Values axis={axis} format={format} />}
      {marks.map(({ x, label }) => (
        <Marked key={`${label} ${x}`} x={x} label={label} at={marksAt} />
      ))}
      {smoothing > 0 &&
        drawn.map((line) => (
          <Drawn
            key={`${line.key} raw`}
            data={line.raw}
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
          data={line.points}
          dataKey="y"
          name={line.label}
          type="linear"
          {...strokeOf(line)}
          dot={still(line.points)}
          activeDot={ACTIVE_DOT}
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

const leave = () => setCrosshair(null);

interface Scale {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

/**
 * An axis as Recharts wants it: another object only where its numbers are others. An axis that stays leaves the lines
 * that stay alone, and round numbers are found here: Recharts looks for them with long decimals.
 */
function useSame(scale: Scale) {
  const key = JSON.stringify(scale);
  return useMemo(() => JSON.parse(key) as { domain: [from: number, to: number]; ticks: number[] }, [key]);
}

const Grid = memo(() => <CartesianGrid stroke="var(--line)" vertical={false} />);

const BOX = {
  background: 'var(--surface)',
  border: '1px solid var(--line-strong)',
  borderRadius: 8,
  color: 'var(--ink)',
  fontSize: 13,
};

/** What the lines say where the pointer is. */
const Values = memo(function Values({ axis, format }: Pick<CurvesProps, 'axis' | 'format'>) {
  return (
    <Tooltip
      isAnimationActive={false}
      formatter={(value) => format(Number(value))}
      labelFormatter={(x) => `${significant(Number(x))} ${text.axis.units[axis]}`}
      contentStyle={BOX}
    />
  );
});

const Marked = memo(function Marked({ x, label, at }: Mark & { readonly at: 'top' | 'bottom' }) {
  return (
    <ReferenceLine
      x={x}
      stroke="var(--ink-3)"
      strokeDasharray="2 3"
      label={{ value: label, position: at === 'top' ? 'insideTopRight' : 'insideBottomRight', ...TICK }}
    />
  );
});
