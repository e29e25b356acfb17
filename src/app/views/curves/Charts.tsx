import { useMemo, useRef, useState } from 'react';
import { STRATEGIES } from '../../../experiment/strategies.ts';
import type { StrategyState, Point, SessionState } from '../../../session/state.ts';
import { useKept } from '../../kept/kept.ts';
import { keptSources } from '../../kept/sources.ts';
import { bytes, count, percent, percentOnAxis, significant } from '../../format.ts';
import { useActions, useSession } from '../../store/context.tsx';
import { useMeasuredStrategies } from '../../store/strategies.ts';
import { chartsText as text } from '../../text/charts.ts';
import styles from '../../charts/charts.module.css';
import { jumpsOf } from '../../charts/jumps.ts';
import { LineChartCard } from '../../charts/LineChartCard.tsx';
import { MemoryCard } from './MemoryCard.tsx';
import { ChartTools } from './ChartTools.tsx';
import { linesOf, sourceOf, type Axis, type Line } from '../../charts/series.ts';
import { useChartView } from '../../charts/view.ts';
import { TrafficTable } from './TrafficTable.tsx';

/** Each one function for good: by it a line's points are known again. */
const of = {
  testAccuracy: (point: Point) => point.testAccuracy,
  trainAccuracy: (point: Point) => point.trainAccuracy,
  testLoss: (point: Point) => point.testLoss,
  trainLoss: (point: Point) => point.trainLoss,
  throughput: (point: Point) => point.throughput,
  /** Bytes that the fullest device holds. */
  memory: ({ memory }: Point) => Math.max(...memory.map(({ total }) => total)),
  memoryButImages: ({ memory }: Point) => Math.max(...memory.map(({ total, byKind }) => total - byKind.data)),
};

const aSecond = (samples: number) => `${count(samples)}/s`;

/** All curves and ledgers of the run. Each is let through the gate by itself. */
export function Charts() {
  const [images, setImages] = useState(false);
  return (
    <div className={styles.charts}>
      <ChartTools />
      <div className={styles.grid}>
        <AccuracyCurves />
        <LossCurves />
        <Memory images={images} onImages={setImages} />
        <MemoryCurves images={images} />
        <ThroughputCurves />
        <Traffic />
      </div>
    </div>
  );
}

const useAxis = () => useChartView((view) => view.axis);

/** Curves of the run at hand and of kept ones. */
function useSources(all: SessionState['strategies']) {
  const runs = useKept((state) => state.runs);
  const kept = useMemo(() => keptSources(runs), [runs]);
  return [...Object.values(all).map((state) => sourceOf(state, STRATEGIES[state.id].label)), ...kept];
}

function AccuracyCurves() {
  const place = useRef<HTMLDivElement>(null);
  const all = useMeasuredStrategies(place);
  const axis = useAxis();
  const sources = useSources(all);
  const trainAccuracy = useSession((state) => state.trainAccuracy);
  const { setTrainAccuracy } = useActions();
  return (
    <div ref={place} className={styles.cell}>
      <LineChartCard
        name={text.accuracy}
        unit={text.units.share}
        axis={axis}
        marks={jumpsOf(Object.values(all), axis).map(({ x, jump }) => ({ x, label: jump }))}
        marksAt="bottom"
        format={percent}
        formatTick={percentOnAxis}
        fromZero
        lines={linesOf(sources, axis, [
          { suffix: '', of: of.testAccuracy },
          { suffix: text.onTraining, secondary: true, of: of.trainAccuracy },
        ])}
        tools={
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={trainAccuracy}
              onChange={({ target }) => setTrainAccuracy(target.checked)}
            />
            {text.alsoTraining}
          </label>
        }
      />
    </div>
  );
}

function LossCurves() {
  const place = useRef<HTMLDivElement>(null);
  const all = useMeasuredStrategies(place);
  const axis = useAxis();
  return (
    <div ref={place} className={styles.cell}>
      <LineChartCard
        name={text.loss}
        axis={axis}
        marks={jumpsOf(Object.values(all), axis)}
        format={significant}
        fromZero
        lines={linesOf(useSources(all), axis, [
          { suffix: '', of: of.testLoss },
          { suffix: text.training, secondary: true, of: of.trainLoss },
        ])}
      />
    </div>
  );
}

interface Images {
  readonly images: boolean;
}

function Memory({ images, onImages }: Images & { readonly onImages: (images: boolean) => void }) {
  const place = useRef<HTMLDivElement>(null);
  const all = useMeasuredStrategies(place);
  const costEstimates = useSession((state) => state.costEstimates);
  return (
    <div ref={place} className={styles.cell}>
      <MemoryCard
        strategies={Object.values(all)}
        costEstimates={costEstimates}
        images={images}
        onImages={onImages}
      />
    </div>
  );
}

function MemoryCurves({ images }: Images) {
  const place = useRef<HTMLDivElement>(null);
  const all = useMeasuredStrategies(place);
  const axis = useAxis();
  return (
    <div ref={place} className={styles.cell}>
      <LineChartCard
        name={text.memoryOverTime}
        unit={text.units.bytes}
        axis={axis}
        format={bytes}
        fromZero
        lines={memoryLines(Object.values(all), axis, images)}
      />
    </div>
  );
}

function ThroughputCurves() {
  const place = useRef<HTMLDivElement>(null);
  const all = useMeasuredStrategies(place);
  const axis = useAxis();
  return (
    <div ref={place} className={styles.cell}>
      <LineChartCard
        name={text.throughput}
        unit={text.units.rate}
        axis={axis}
        format={aSecond}
        fromZero
        lines={linesOf(useSources(all), axis, [{ suffix: '', of: of.throughput }])}
      />
    </div>
  );
}

function Traffic() {
  const place = useRef<HTMLDivElement>(null);
  return (
    <div ref={place} className={styles.cell}>
      <TrafficTable strategies={Object.values(useMeasuredStrategies(place))} />
    </div>
  );
}

/** One line per strategy: bytes its fullest device holds at the end of each turn. */
function memoryLines(strategies: readonly StrategyState[], axis: Axis, images: boolean): Line[] {
  return strategies.flatMap((strategy) =>
    linesOf(
      [sourceOf(strategy, text.largest(STRATEGIES[strategy.id].label, strategy.devices.length > 1))],
      axis,
      [{ suffix: '', of: images ? of.memory : of.memoryButImages }],
    ),
  );
}
