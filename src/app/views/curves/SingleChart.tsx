import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import styles from '../../charts/charts.module.css';
import { jumpsOf } from '../../charts/jumps.ts';
import { curvesIn, LineChartCard, tableOf, type LineChart } from '../../charts/LineChartCard.tsx';
import { useSaveable } from '../../charts/saveables.ts';
import { LINE_CHARTS, useChartView, type SingleChart as Which } from '../../charts/view.ts';
import { bytes, count, percent, percentOnAxis, significant } from '../../format.ts';
import { countImages, useImages } from '../../ledger/images.ts';
import { useActions, useSession } from '../../store/context.tsx';
import { useMeasuredStrategies } from '../../store/strategies.ts';
import { chartsText as text } from '../../text/charts.ts';
import { ClassesTable } from './ClassesTable.tsx';
import { ChartTools } from './ChartTools.tsx';
import { MemoryCard } from './MemoryCard.tsx';
import { memoryLines } from './memory-lines.ts';
import { TrafficTable } from './TrafficTable.tsx';
import {
  accuracyLines,
  balancedLines,
  errorLines,
  of,
  useMeasured,
  useNothingYet,
  useReach,
} from './useCurves.ts';

const aSecond = (samples: number) => `${count(samples)}/s`;

/** One chart with the whole view's place: shown as lines or as a table, zoomed, smoothed, saved. */
export function SingleChart({ single }: { readonly single: Which }) {
  const place = useRef<HTMLDivElement>(null);
  // It came in the place of what was pressed.
  useEffect(() => place.current?.querySelector('select')?.focus(), []);
  return (
    <div ref={place} className={styles.single}>
      <ChartTools single={single} />
      <OneChart single={single} />
    </div>
  );
}

function OneChart({ single }: { readonly single: Which }) {
  const place = useRef<HTMLDivElement>(null);
  const specs = useLineCharts(place);
  const empty = useNothingYet();
  return (
    <div ref={place} className={styles.cell}>
      {LINE_CHARTS.map((one) =>
        one === single ? (
          <LineChartCard key={one} {...specs[one]} empty={empty} enlargeable={false} {...toolsOf(one)} />
        ) : (
          <Unseen key={one} chart={specs[one]} />
        ),
      )}
      {single === 'classes' && <Classes />}
      {single === 'devices' && <Memory />}
      {single === 'traffic' && <Traffic />}
    </div>
  );
}

/** A chart that is not looked at now: it is saved with the others. */
function Unseen({ chart }: { readonly chart: LineChart }) {
  const view = useChartView();
  useSaveable({ name: chart.name, table: () => tableOf(chart), curves: curvesIn(chart, view) });
  return null;
}

function useLineCharts(
  place: RefObject<Element | null>,
): Readonly<Record<(typeof LINE_CHARTS)[number], LineChart>> {
  const measured = useMeasured(place);
  const { all, axis, lines } = measured;
  const images = useImages((state) => state.images);
  const reach = useReach(axis);
  const strategies = Object.values(all);
  const jumps = jumpsOf(strategies, axis);
  return {
    accuracy: {
      name: text.accuracy,
      unit: text.units.share,
      ...{ axis, reach, marks: jumps.map(({ x, jump }) => ({ x, label: jump })), marksAt: 'bottom' },
      ...{ format: percent, formatTick: percentOnAxis, fromZero: true },
      lines: accuracyLines(measured),
    },
    error: {
      name: text.single.error,
      unit: text.units.share,
      ...{ axis, reach, format: percent, formatTick: percentOnAxis, fromZero: true },
      lines: errorLines(measured),
    },
    balanced: {
      name: text.single.balanced,
      unit: text.units.share,
      ...{ axis, reach, format: percent, formatTick: percentOnAxis, fromZero: true },
      lines: balancedLines(measured),
    },
    loss: {
      name: text.loss,
      ...{ axis, reach, marks: jumps, format: significant, fromZero: true },
      lines: lines([
        { suffix: '', of: of.testLoss },
        { suffix: text.training, secondary: true, of: of.trainLoss },
      ]),
    },
    throughput: {
      name: text.throughput,
      unit: text.units.rate,
      ...{ axis, reach, format: aSecond, fromZero: true },
      lines: lines([{ suffix: '', of: of.throughput }]),
    },
    memory: {
      name: text.memoryOverTime,
      unit: text.units.bytes,
      ...{ axis, reach, format: bytes, fromZero: true, steps: true },
      lines: strategies.flatMap((strategy) => memoryLines(strategy, axis, images).lines),
    },
  };
}

/** What stands beside a chart's name. */
function toolsOf(chart: (typeof LINE_CHARTS)[number]): { readonly tools?: ReactNode } {
  if (chart === 'accuracy') return { tools: <AlsoTraining /> };
  if (chart === 'balanced') return { tools: <p className={styles.note}>{text.balancedNote}</p> };
  return {};
}

function AlsoTraining() {
  const trainAccuracy = useSession((state) => state.trainAccuracy);
  const { setTrainAccuracy } = useActions();
  return (
    <label className={styles.check}>
      <input
        type="checkbox"
        checked={trainAccuracy}
        onChange={({ target }) => setTrainAccuracy(target.checked)}
      />
      {text.alsoTraining}
    </label>
  );
}

function Memory() {
  const place = useRef<HTMLDivElement>(null);
  const all = useMeasuredStrategies(place);
  const costEstimates = useSession((state) => state.costEstimates);
  const images = useImages((state) => state.images);
  return (
    <div ref={place}>
      <MemoryCard
        strategies={Object.values(all)}
        costEstimates={costEstimates}
        images={images}
        onImages={countImages}
      />
    </div>
  );
}

function Classes() {
  const place = useRef<HTMLDivElement>(null);
  return (
    <div ref={place}>
      <ClassesTable strategies={Object.values(useMeasuredStrategies(place))} />
    </div>
  );
}

function Traffic() {
  const place = useRef<HTMLDivElement>(null);
  return (
    <div ref={place}>
      <TrafficTable strategies={Object.values(useMeasuredStrategies(place))} />
    </div>
  );
}
