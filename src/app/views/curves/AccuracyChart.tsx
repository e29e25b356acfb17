import { useRef } from 'react';
import { BASELINE, labelled, STRATEGIES, type StrategyId } from '../../../experiment/strategies.ts';
import { CurveReader } from '../../charts/CurveReader.tsx';
import { Curves, type CurvesProps } from '../../charts/Curves.tsx';
import { EndDots } from '../../charts/EndDots.tsx';
import { EndLabels } from '../../charts/EndLabels.tsx';
import { jumpsOf } from '../../charts/jumps.ts';
import { colorOf, type Line } from '../../charts/series.ts';
import { Shade } from '../../charts/Shade.tsx';
import { useChartView } from '../../charts/view.ts';
import { percent, percentOnAxis, whole } from '../../format.ts';
import { dashOf } from '../../strategies.ts';
import { chartsText as text } from '../../text/charts.ts';
import { AxisChoice } from './AxisChoice.tsx';
import styles from './overview.module.css';
import { accuracyLines, useMeasured, useNothingYet, useReach, useTestCounts } from './useCurves.ts';

/** The chart that the page exists for: how accurate each strategy's network is, and what SIL loses. */
export function AccuracyChart({ onMore }: { readonly onMore?: () => void }) {
  const place = useRef<HTMLElement>(null);
  const measured = useMeasured(place);
  const { all, axis } = measured;
  const reach = useReach(axis);
  const { looked, all: every } = useTestCounts();
  const nothing = useNothingYet();
  const hidden = useChartView((view) => view.hidden);
  const lines = accuracyLines(measured).filter(
    ({ owner, secondary }) => !secondary && !hidden.includes(owner),
  );
  const ids = Object.keys(all) as StrategyId[];
  // A strategy that has no figures yet has its place among the others.
  const called: readonly Line[] = [
    ...ids
      .filter((id) => !hidden.includes(id))
      .map((id) => ({
        ...(lines.find(({ owner }) => owner === id) ?? unmeasured(id)),
        label: STRATEGIES[id].short,
      })),
    ...lines.filter(({ owner }) => !ids.some((id) => id === owner)),
  ];
  const find = (id: StrategyId | undefined) => lines.find(({ owner }) => owner === id);
  const [lower, upper] = [find(labelled(ids)), find(BASELINE)];
  const look: CurvesProps = {
    lines,
    axis,
    reach,
    closeUp: true,
    acrossSteps: 3,
    format: percent,
    formatTick: percentOnAxis,
    marks: jumpsOf(Object.values(all), axis).map(({ x, jump }) => ({ x, label: jump })),
    marksAt: 'bottom',
  };
  return (
    <section ref={place} className={styles.accuracy} aria-label={text.accuracy}>
      <header className={styles.head}>
        <h2>
          {looked < every ? text.imagesThenAll(whole(looked), whole(every)) : text.images(whole(looked))}
        </h2>
        {onMore && (
          <div className={styles.tools} data-screen="">
            <button type="button" className="button" onClick={onMore}>
              {text.more}
            </button>
            <AxisChoice />
          </div>
        )}
      </header>
      <div className={styles.room}>
        <div
          className={styles.plot}
          role="img"
          aria-label={lines.length === 0 ? nothing : summaryOf(text.accuracy, lines, percent)}
        >
          <Curves
            {...look}
            beneath={
              <>
                {lower && upper && <Shade lower={lower} upper={upper} />}
                <EndDots lines={lines} />
              </>
            }
          />
          {lines.length === 0 && <p className={styles.nothing}>{nothing}</p>}
        </div>
        {lines.length > 0 && <CurveReader name={text.accuracy} lines={lines} axis={axis} format={percent} />}
        <EndLabels {...look} lines={called} />
      </div>
    </section>
  );
}

const unmeasured = (id: StrategyId): Line => ({
  ...{ key: id, label: '', owner: id, secondary: false, points: [] },
  ...{ color: colorOf(id, 0), dash: dashOf(id) },
});

export const summaryOf = (name: string, lines: readonly Line[], format: (value: number) => string): string =>
  text.summary(
    name,
    lines.map(({ label, points }) => text.summaryPart(label, format(points[points.length - 1].y))),
  );
