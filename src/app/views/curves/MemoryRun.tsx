import { useRef } from 'react';
import { STRATEGIES } from '../../../experiment/strategies.ts';
import type { SessionState } from '../../../session/state.ts';
import { CurveReader } from '../../charts/CurveReader.tsx';
import { Curves } from '../../charts/Curves.tsx';
import type { Axis } from '../../charts/series.ts';
import { useChartView } from '../../charts/view.ts';
import { bytes, bytesOnAxis } from '../../format.ts';
import { useImages } from '../../ledger/images.ts';
import { useMeasuredStrategies } from '../../store/strategies.ts';
import { chartsText as text } from '../../text/charts.ts';
import { summaryOf } from './AccuracyChart.tsx';
import { Evaluations } from './Evaluations.tsx';
import { memoryAt, memoryLines, withLooking } from './memory-lines.ts';
import styles from './overview.module.css';
import { useReach } from './useCurves.ts';

/** What each strategy's fullest device holds over the run, on the axis of the accuracy. */
export function MemoryRun() {
  const place = useRef<HTMLElement>(null);
  const all = useMeasuredStrategies(place);
  const axis = useChartView((view) => view.axis);
  const hidden = useChartView((view) => view.hidden);
  const images = useImages((state) => state.images);
  const reach = useReach(axis);
  const shown = Object.values(all).filter(({ id, points }) => points.length > 0 && !hidden.includes(id));
  const lines = shown.flatMap((strategy) => memoryLines(strategy, axis, images).lines);
  const held = lines.filter(({ secondary }) => !secondary);
  return (
    <section ref={place} className={styles.memory} aria-label={text.memoryOverTime}>
      <h2>{text.memoryOverTime}</h2>
      <div className={styles.room}>
        <div className={styles.plot} role="img" aria-label={summaryOf(text.memoryOverTime, held, bytes)}>
          <Curves
            lines={lines}
            axis={axis}
            reach={reach}
            fromZero
            heightSteps={3}
            acrossSteps={3}
            steps
            format={bytes}
            formatTick={bytesOnAxis}
            tip={(x) => <Tip strategies={shown} x={x} axis={axis} images={images} />}
            beneath={shown.map((strategy) => (
              <Evaluations
                key={strategy.id}
                points={memoryLines(strategy, axis, images).points}
                axis={axis}
                color={`var(--strategy-${strategy.id})`}
              />
            ))}
          />
        </div>
        {held.length > 0 && (
          <CurveReader name={text.memoryOverTime} lines={held} axis={axis} format={bytes} />
        )}
      </div>
    </section>
  );
}

interface TipProps {
  readonly strategies: readonly NonNullable<SessionState['strategies']['sil']>[];
  readonly x: number;
  readonly axis: Axis;
  readonly images: boolean;
}

/** What was done where the pointer is, and how much was held then; the bars beside it say of what kind. */
function Tip({ strategies, x, axis, images }: TipProps) {
  return strategies.map((strategy) => {
    const { held, beside } = memoryAt(memoryLines(strategy, axis, images).points, axis, x);
    const parts = [
      text.heldWhile(text.doing[held.doing], bytes(held.bytes)),
      ...beside.map((one) => text.heldWhile(text.doing[one.doing], bytes(withLooking(one)))),
    ];
    return (
      <p key={strategy.id} className={styles.tip}>
        <b style={{ color: `var(--strategy-${strategy.id})` }}>{STRATEGIES[strategy.id].short}</b>{' '}
        {parts.join(', ')}
      </p>
    );
  });
}
