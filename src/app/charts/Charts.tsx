import { memo, useMemo, useState } from 'react';
import { STRATEGIES } from '../../experiment/strategies.ts';
import type { ModeState, Point, SessionState } from '../../session/state.ts';
import { useKept } from '../runs/kept.ts';
import { keptSources } from '../runs/sources.ts';
import { bytes, count, percent, percentOnAxis, significant } from '../format.ts';
import { useActions, useSession } from '../session/context.tsx';
import { useMeasuredModes } from '../session/modes.ts';
import { chartsText as text } from '../text/charts.ts';
import styles from './charts.module.css';
import { jumpsOf } from './jumps.ts';
import { LineChartCard } from './LineChartCard.tsx';
import { MemoryCard } from './MemoryCard.tsx';
import { ChartTools } from './ChartTools.tsx';
import { linesOf, sourceOf, type Axis, type Line } from './series.ts';
import { useChartView } from './view.ts';
import { TrafficTable } from './TrafficTable.tsx';
import { useThrottled } from './useThrottled.ts';

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

/** All curves and ledgers of the run. */
export function Charts() {
  const now = useMeasuredModes();
  const shown = useThrottled(now);
  return (
    // Busy until what is drawn is what is known.
    <div className={styles.charts} aria-busy={shown !== now}>
      <ChartTools />
      <ChartGrid all={shown} />
    </div>
  );
}

/** Drawn anew only when the throttled modes change, however often the page around it does. */
const ChartGrid = memo(function ChartGrid({ all }: { readonly all: SessionState['modes'] }) {
  const [images, setImages] = useState(false);
  const axis = useChartView((view) => view.axis);
  const prices = useSession((state) => state.prices);
  const trainAccuracy = useSession((state) => state.trainAccuracy);
  const { setTrainAccuracy } = useActions();
  const modes = Object.values(all);
  const runs = useKept((state) => state.runs);
  const kept = useMemo(() => keptSources(runs), [runs]);
  const sources = [...modes.map((state) => sourceOf(state, STRATEGIES[state.id].label)), ...kept];
  const jumps = jumpsOf(modes, axis);
  return (
    <div className={styles.grid}>
      <LineChartCard
        name={text.accuracy}
        unit={text.units.share}
        axis={axis}
        marks={jumps.map(({ x, jump }) => ({ x, label: jump }))}
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
      <LineChartCard
        name={text.loss}
        axis={axis}
        marks={jumps}
        format={significant}
        fromZero
        lines={linesOf(sources, axis, [
          { suffix: '', of: of.testLoss },
          { suffix: text.training, secondary: true, of: of.trainLoss },
        ])}
      />
      <MemoryCard modes={modes} prices={prices} images={images} onImages={setImages} />
      <LineChartCard
        name={text.memoryOverTime}
        unit={text.units.bytes}
        axis={axis}
        format={bytes}
        fromZero
        lines={memoryLines(modes, axis, images)}
      />
      <LineChartCard
        name={text.throughput}
        unit={text.units.rate}
        axis={axis}
        format={aSecond}
        fromZero
        lines={linesOf(sources, axis, [{ suffix: '', of: of.throughput }])}
      />
      <TrafficTable modes={modes} />
    </div>
  );
});

/** One line per way of training: bytes its fullest device holds at the end of each turn. */
function memoryLines(modes: readonly ModeState[], axis: Axis, images: boolean): Line[] {
  return modes.flatMap((mode) =>
    linesOf([sourceOf(mode, text.largest(STRATEGIES[mode.id].label, mode.devices.length > 1))], axis, [
      { suffix: '', of: images ? of.memory : of.memoryButImages },
    ]),
  );
}
