import { memo, useState } from 'react';
import { STRATEGIES } from '../../experiment/strategies.ts';
import type { ModeState, Point, SessionState } from '../../session/state.ts';
import { bytes, count, percent, significant } from '../format.ts';
import { useActions, useSession } from '../session/context.tsx';
import { chartsText as text } from '../text/charts.ts';
import styles from './charts.module.css';
import { LineChartCard } from './LineChartCard.tsx';
import { MemoryCard } from './MemoryCard.tsx';
import { AXES, linesOf, type Axis, type Line } from './series.ts';
import { TrafficTable } from './TrafficTable.tsx';
import { useThrottled } from './useThrottled.ts';

/** All curves and ledgers of the run. */
export function Charts() {
  const [axis, setAxis] = useState<Axis>('epochs');
  const now = useSession(({ modes }) => modes);
  const shown = useThrottled(now);
  return (
    // Busy until what is drawn is what is known.
    <div className={styles.charts} aria-busy={shown !== now}>
      <div className={styles.bar0}>
        <h2>{text.heading}</h2>
        <fieldset className={styles.axis}>
          <legend>{text.axis.label}</legend>
          {AXES.map((one) => (
            <label key={one}>
              <input type="radio" name="axis" checked={axis === one} onChange={() => setAxis(one)} />
              {text.axis[one]}
            </label>
          ))}
        </fieldset>
      </div>
      <ChartGrid axis={axis} all={shown} />
    </div>
  );
}

interface ChartGridProps {
  readonly axis: Axis;
  readonly all: SessionState['modes'];
}

/** Drawn anew only when the throttled modes change, however often the page around it does. */
const ChartGrid = memo(function ChartGrid({ axis, all }: ChartGridProps) {
  const [images, setImages] = useState(false);
  const prices = useSession((state) => state.prices);
  const trainAccuracy = useSession((state) => state.trainAccuracy);
  const { setTrainAccuracy } = useActions();
  const modes = Object.values(all);
  const named = modes.map((state) => ({ state, label: STRATEGIES[state.id].label }));
  const joins = modes
    .filter(({ devices }) => devices.length > 1)
    .flatMap(({ points }) => {
      const first = points.findIndex(({ phase }) => phase === 'recovery');
      return first > 0 ? [points[first - 1][axis]] : [];
    });
  return (
    <div className={styles.grid}>
      <LineChartCard
        name={text.accuracy}
        axis={axis}
        joins={joins}
        format={percent}
        domain={[0, 'auto']}
        lines={linesOf(named, axis, [
          { suffix: '', of: ({ testAccuracy }) => testAccuracy },
          { suffix: text.onTraining, secondary: true, of: (point) => point.trainAccuracy },
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
        joins={joins}
        format={significant}
        domain={[0, 'auto']}
        lines={linesOf(named, axis, [
          { suffix: '', of: ({ testLoss }) => testLoss },
          { suffix: text.training, secondary: true, of: ({ trainLoss }) => trainLoss },
        ])}
      />
      <MemoryCard modes={modes} prices={prices} images={images} onImages={setImages} />
      <LineChartCard
        name={text.memoryOverTime}
        axis={axis}
        format={bytes}
        domain={[0, 'auto']}
        lines={memoryLines(modes, axis, images)}
      />
      <LineChartCard
        name={text.throughput}
        axis={axis}
        format={(value) => `${count(value)}/s`}
        domain={[0, 'auto']}
        lines={linesOf(named, axis, [{ suffix: '', of: ({ throughput }) => throughput }])}
      />
      <TrafficTable modes={modes} />
    </div>
  );
});

/** One line per way of training: bytes its fullest device holds at the end of each turn. */
function memoryLines(modes: readonly ModeState[], axis: Axis, images: boolean): Line[] {
  return modes.flatMap(({ id, points, devices }) => {
    if (points.length === 0) return [];
    const held = ({ total, byKind }: Point['memory'][number]) => (images ? total : total - byKind.data);
    return [
      {
        key: id,
        label: text.largest(STRATEGIES[id].label, devices.length > 1),
        mode: id,
        secondary: false,
        points: points.map((point) => ({ x: point[axis], y: Math.max(...point.memory.map(held)) })),
      },
    ];
  });
}
