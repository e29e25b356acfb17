import { memo, useMemo, type ReactNode } from 'react';
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
import { percentOnAxis } from '../format.ts';
import type { Across } from './across.ts';
import { placeOf, placeWords, TICK, tickOf, writeAt } from './axes.tsx';
import { frameOf, type FrameOptions, type Scale } from './frame.ts';
import { Pointing } from './Pointing.tsx';
import type { Axis, Line } from './series.ts';
import { setCrosshair } from './view.ts';

export interface Mark {
  readonly x: number;
  readonly label: string;
}

export interface CurvesProps extends FrameOptions {
  readonly axis: Axis | Across;
  /** How a value is written. */
  readonly format: (value: number) => string;
  /** The same on the axis, where it is shorter there. */
  readonly formatTick?: (value: number) => string;
  /** Where something happened, on the horizontal axis. */
  readonly marks?: readonly Mark[];
  /** Where their names stand: where lines mostly do not. */
  readonly marksAt?: 'top' | 'bottom';
  /** Whether a value holds since the point before: lines go in steps. */
  readonly steps?: boolean;
  /** Whether points are seen: beside their line, or without one, where what is drawn beneath shows them. */
  readonly dots?: 'beside' | 'none' | undefined;
  /** What else is drawn, between grid and lines. */
  readonly beneath?: ReactNode | undefined;
  /** What is said where the pointer is, in place of the lines' values. */
  readonly tip?: ((x: number) => ReactNode) | undefined;
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

/** A point that was measured, where the line between is only a guide. */
const placeDot = ({ color }: Line) => ({
  r: 4,
  fill: color,
  stroke: 'var(--surface)',
  strokeWidth: 1.5,
  strokeDasharray: '0',
  strokeOpacity: 1,
});

const MARGIN = { top: 8, right: 10, bottom: 0, left: 0 };
const ACROSS_HEIGHT = 22;
/** Pixels above and below the lines' own place, for what stands beside the drawing. */
export const PLOT_INSET = { top: MARGIN.top, bottom: MARGIN.bottom + ACROSS_HEIGHT } as const;
const NOTHING = [{ x: 0, y: 0 }];
const ACTIVE_DOT = { r: 4 };
const FROM_DATA: ['dataMin', 'dataMax'] = ['dataMin', 'dataMax'];

/** Several lines over one axis: the drawing alone, on the page and in a file. */
export function Curves(props: CurvesProps) {
  const { axis, format, formatTick = format, marks = [], marksAt = 'top', steps = false, dots } = props;
  const { logX = false, logY = false, smoothing = 0, span = null, beneath, tip, onZoom, size } = props;
  const frame = frameOf(props);
  const { drawn } = frame;
  const heights = useSame(frame.heights);
  const across = useSame(frame.across);
  const shape = steps ? 'stepBefore' : 'linear';
  const chart = (
    <LineChart
      key={`${logX} ${logY}`}
      // Without any the axis to the run's end would not be drawn.
      {...(drawn.length === 0 ? { data: NOTHING } : {})}
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
        height={ACROSS_HEIGHT}
        tick={placeOf(axis)}
        // A logarithm has as many as it likes; those that fit are found by measuring them.
        interval={logX ? 'preserveEnd' : 0}
        tickFormatter={writeAt(axis)}
      />
      <YAxis
        scale={logY ? 'log' : 'auto'}
        {...heights}
        // A first rise from far below is cut.
        allowDataOverflow
        niceTicks="none"
        width={formatTick === percentOnAxis ? 48 : 64}
        stroke="var(--line-strong)"
        tick={drawn.length > 0 && tickOf('end', formatTick)}
        interval={0}
        tickFormatter={formatTick}
      />
      {drawn.length > 0 && <Values axis={axis} format={format} tip={tip} />}
      {beneath}
      {marks.map(({ x, label }) => (
        <Marked key={`${label} ${x}`} x={x} label={label} at={marksAt} />
      ))}
      {smoothing > 0 &&
        drawn.map((line) => (
          <Drawn
            key={`${line.key} raw`}
            data={line.raw}
            dataKey="y"
            type={shape}
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
          type={shape}
          {...strokeOf(line)}
          {...(dots === 'none' ? { strokeWidth: 0 } : {})}
          dot={dots === 'beside' ? placeDot(line) : dots !== 'none' && still(line.points)}
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
  fontSize: 14,
  padding: '6px 10px',
};

/** What the lines say where the pointer is. */
const Values = memo(function Values({ axis, format, tip }: Pick<CurvesProps, 'axis' | 'format' | 'tip'>) {
  return (
    <Tooltip
      {...(tip
        ? { content: ({ active, label }) => active && <div style={BOX}>{tip(Number(label))}</div> }
        : {})}
      isAnimationActive={false}
      formatter={(value) => format(Number(value))}
      labelFormatter={(x) => placeWords(axis, Number(x))}
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
