import type { ReactNode } from 'react';
import { chartsText as text } from '../text/charts.ts';
import { significant } from '../format.ts';
import { unitOf } from './axes.tsx';
import { ChartCard } from './ChartCard.tsx';
import { CurveReader } from './CurveReader.tsx';
import styles from './charts.module.css';
import { Curves, strokeOf, type CurvesProps } from './Curves.tsx';
import { rowsOf, valueAt, type Line } from './series.ts';
import type { TableData } from './table.ts';
import { setChartView, toggleLine, useChartView, useCrosshair, WHOLE, type ChartView } from './view.ts';

/** What a chart of lines shows. */
export interface LineChart extends Pick<
  CurvesProps,
  | 'axis'
  | 'format'
  | 'formatTick'
  | 'fromZero'
  | 'marks'
  | 'marksAt'
  | 'reach'
  | 'steps'
  | 'beneath'
  | 'beyond'
  | 'dots'
  | 'closeUp'
> {
  readonly name: string;
  /** Of the lines' numbers, for files; none where they are plain numbers. */
  readonly unit?: string;
  readonly lines: readonly Line[];
  /** How it is looked at, where that is its own and not that of all curves. */
  readonly look?: Pick<ChartView, 'logY'>;
  /** Its numbers, where they are more than its lines have. */
  readonly table?: () => TableData;
  /** What it shows in words, where the lines' ends do not say it. */
  readonly summary?: string;
}

interface LineChartCardProps extends LineChart {
  readonly tools?: ReactNode;
  /** What stands there while there are no lines. */
  readonly empty?: string;
  readonly enlargeable?: boolean;
}

/** A chart as it is looked at now. */
export function curvesIn(chart: LineChart, view: ChartView): CurvesProps {
  const { hidden } = view;
  if (chart.look)
    return { ...chart, ...chart.look, lines: chart.lines.filter(({ owner }) => !hidden.includes(owner)) };
  const { logX, logY, smoothing, zoom } = view;
  return {
    ...chart,
    ...{ logX, logY, smoothing, span: spanOf(chart.lines, zoom) },
    lines: chart.lines.filter(({ owner }) => !hidden.includes(owner)),
    onZoom: (part) => setChartView({ zoom: part ? shareOf(chart.lines, part) : WHOLE }),
  };
}

/** Every number of a chart. */
export const tableOf = ({ lines, axis, unit = '', format }: LineChart): TableData => ({
  head: [unitOf(axis), ...lines.map(({ label }) => label)],
  units: ['', ...lines.map(() => unit)],
  rows: rowsOf(lines).map(({ x, values }) => [x, ...lines.map(({ key }) => values[key] ?? null)]),
  format: (value, column) => (column === 0 ? significant : format)(value),
});

/** Several lines over the chosen axis, with a legend that hides and shows them. */
export function LineChartCard({
  tools,
  empty = text.empty,
  enlargeable = true,
  ...chart
}: LineChartCardProps) {
  const { name, lines, axis, format } = chart;
  const view = useChartView();
  const curves = curvesIn(chart, view);
  const shown = curves.lines;
  const second = lines.find(({ secondary }) => secondary);
  const summary =
    lines.length === 0
      ? empty
      : (chart.summary ??
        text.summary(
          name,
          lines.map(({ label, points }) => text.summaryPart(label, format(points[points.length - 1].y))),
        ));
  const table = chart.table ?? (() => tableOf(chart));
  return (
    <ChartCard
      name={name}
      summary={summary}
      table={table}
      tools={tools}
      curves={curves}
      enlargeable={enlargeable}
      reader={shown.length > 0 && <CurveReader name={name} lines={shown} axis={axis} format={format} />}
      legend={
        <ul className={styles.lines}>
          {lines
            .filter(({ secondary }) => !secondary)
            .map((line) => (
              <LegendEntry
                key={line.key}
                line={line}
                beside={lines.filter(({ owner, secondary }) => secondary && owner === line.owner)}
                format={format}
                hidden={view.hidden.includes(line.owner)}
              />
            ))}
          {second && (
            <li className={styles.second}>
              <svg width="24" height="8" aria-hidden="true">
                <line x1="0" x2="24" y1="4" y2="4" {...strokeOf(second)} stroke="var(--ink-2)" />
              </svg>
              {second.suffix}
            </li>
          )}
        </ul>
      }
    >
      <div className={styles.plot}>
        <Curves {...curves} />
      </div>
      {lines.length === 0 && <p className={styles.empty}>{empty}</p>}
    </ChartCard>
  );
}

/** The part of the axis that the zoom shows, in the axis's units; null for all of it. */
export function spanOf(
  lines: readonly Line[],
  [from, to]: readonly [number, number],
): readonly [number, number] | null {
  if (from === 0 && to === 1) return null;
  const most = farthest(lines);
  return most > 0 ? [from * most, to * most] : null;
}

/** The other way round. Closer than the slider's thumbs can come there is nothing to see. */
export function shareOf(
  lines: readonly Line[],
  [from, to]: readonly [number, number],
): readonly [number, number] {
  const most = farthest(lines);
  if (most <= 0) return WHOLE;
  const low = Math.min(Math.max(0, from / most), 1 - CLOSEST);
  return [low, Math.min(1, Math.max(to / most, low + CLOSEST))];
}

const CLOSEST = 0.02;

const farthest = (lines: readonly Line[]): number =>
  Math.max(0, ...lines.map(({ points }) => points[points.length - 1].x));

interface LegendEntryProps {
  readonly line: Line;
  /** Thinner lines of the same owner. */
  readonly beside: readonly Line[];
  readonly format: (value: number) => string;
  readonly hidden: boolean;
}

/** A line's look and name, its values under the crosshair, and a switch. */
function LegendEntry({ line, beside, format, hidden }: LegendEntryProps) {
  const x = useCrosshair((state) => state.x);
  const values = x === null || hidden ? [] : [line, ...beside].map((one) => format(valueAt(one, x)));
  return (
    <li>
      <button
        type="button"
        aria-pressed={!hidden}
        title={hidden ? text.show(line.label) : text.hide(line.label)}
        onClick={() => toggleLine(line.owner)}
      >
        <svg width="24" height="8" aria-hidden="true">
          <line x1="0" x2="24" y1="4" y2="4" {...strokeOf(line)} />
        </svg>
        {line.label}
        {values.length > 0 && (
          // Read on the slider; here it would be said at every turn.
          <output aria-live="off">{values.join(' · ')}</output>
        )}
      </button>
    </li>
  );
}
