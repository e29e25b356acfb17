import { useCallback, useRef, useState } from 'react';
import { ofLabels, type StrategyId } from '../../../experiment/strategies.ts';
import { rms } from '../../../labels/table.ts';
import type { Point, SessionState } from '../../../session/state.ts';
import { analysis } from '../../../analysis/client.ts';
import { useNetworks } from '../../asking/networks.ts';
import { useAnswer } from '../../asking/useAnswer.ts';
import { useVisible } from '../../asking/useVisible.ts';
import { LineChartCard } from '../../charts/LineChartCard.tsx';
import { linesOf, type Line } from '../../charts/series.ts';
import { useChartView } from '../../charts/view.ts';
import { percent, percentOnAxis, significant } from '../../format.ts';
import { dashOfCut } from '../../strategies.ts';
import { useSession } from '../../store/context.tsx';
import { useGated } from '../../store/useGated.ts';
import { chartsText } from '../../text/charts.ts';
import { insideText as text } from '../../text/inside.ts';
import { ClassSizes } from './ClassSizes.tsx';
import { CutScatter } from './CutScatter.tsx';
import { NoPicture, SHOWN } from './NoPicture.tsx';
import styles from './inside.module.css';

/** What happens at the cuts: where answers are and where they are drawn to, now and over time. */
export function InsidePanel() {
  const [panel, visible] = useVisible<HTMLElement>();
  const cuts = useSession((state) => state.labels.length);
  const strategy = useSession(({ strategies }) => ofLabels(strategies)?.id);
  const trained = useSession(({ strategies }) => (ofLabels(strategies)?.step ?? 0) > 0);
  const failed = useSession(({ strategies }) => ofLabels(strategies)?.status === 'failed');
  const recorded = useSession((state) => state.recording !== null);
  const [wanted, setWanted] = useState(0);
  const { ids, version, problem } = useNetworks(visible && strategy !== undefined && cuts > 0);
  if (!strategy || cuts === 0) return null;
  const cut = Math.min(wanted, cuts - 1);
  const able = trained && !recorded;
  const ready = able && ids.includes(strategy);
  return (
    <section ref={panel} className={styles.panel} aria-labelledby="inside-heading">
      <header className={styles.head}>
        <h2 id="inside-heading" className="visually-hidden">
          {text.heading}
        </h2>
        <p className={styles.note}>{recorded ? text.recorded : text.intro}</p>
        {cuts > 1 && !recorded && (
          <div role="group" aria-label={text.cuts} className={styles.tabs}>
            {Array.from({ length: cuts }, (_, index) => (
              <button
                key={index}
                type="button"
                className="button"
                aria-pressed={index === cut}
                onClick={() => setWanted(index)}
              >
                {text.cut(index)}
              </button>
            ))}
          </div>
        )}
      </header>
      {problem && <p role="alert">{problem}</p>}
      <div className={styles.grid}>
        {!recorded && (
          <div className={styles.card}>
            {ready ? (
              <Picture strategy={strategy} cut={cut} version={version} />
            ) : failed ? (
              <NoPicture cut={cut} why={text.stopped} />
            ) : able && !problem ? (
              <NoPicture cut={cut} why={text.asking} busy={visible} />
            ) : (
              <NoPicture cut={cut} why={text.waiting} />
            )}
          </div>
        )}
        <OverTime strategy={strategy} />
      </div>
    </section>
  );
}

interface PictureProps {
  readonly strategy: StrategyId;
  readonly cut: number;
  readonly version: number;
}

function Picture({ strategy, cut, version }: PictureProps) {
  const characters = useSession((state) => state.dataset?.characters);
  const picture = useAnswer(`${strategy} ${version} ${cut}`, async () => ({
    cut,
    ...(await analysis().picture(strategy, cut, SHOWN)),
  }));
  if (!picture || !characters || picture.cut !== cut) return <NoPicture cut={cut} why={text.asking} busy />;
  return (
    <>
      <CutScatter key={cut} picture={picture} characters={characters} cut={cut} />
      {picture.sizes && <ClassSizes sizes={picture.sizes} />}
    </>
  );
}

/** Distance to the labels and share of nearest ones, from the run's own points. */
function OverTime({ strategy }: { readonly strategy: StrategyId }) {
  const axis = useChartView((view) => view.axis);
  const place = useRef<HTMLDivElement>(null);
  const pointsOf = useCallback(({ strategies }: SessionState) => strategies[strategy]?.points, [strategy]);
  const points = useGated(pointsOf, { element: place });
  const labels = useSession((state) => state.labels);
  const reduction = useSession((state) => state.experiment.reduction);
  // With classes beside labels the loss is no distance any more.
  const mixed = useSession((state) => state.experiment.hybrid > 0);
  if (!points) return null;
  const lines = (of: (point: Point, cut: number) => number | null, label: (cut: number) => string) =>
    labels.flatMap((_, cut): Line[] =>
      linesOf(
        [{ id: strategy, label: label(cut), owner: `${strategy} cut ${cut}`, shade: 0, points }],
        axis,
        [{ suffix: '', of: (point) => of(point, cut) }],
      ).map((line) => ({ ...line, color: `var(--device-${cut})`, dash: dashOfCut(cut) })),
    );
  const size = labels.map(({ values }) => (values && rms({ values })) || 1);
  const distance = (point: Point, cut: number) => {
    // While the joined network recovers, nothing is drawn to labels any more.
    if (point.phase === 'recovery') return null;
    const loss = point.rankLosses[cut] ?? NaN;
    if (mixed) return loss;
    return Math.sqrt(reduction === 'sum' ? loss / labels[cut].width : loss) / size[cut];
  };
  const joined = linesOf([{ id: strategy, label: text.joined, owner: strategy, shade: 0, points }], axis, [
    { suffix: '', of: ({ testAccuracy }) => testAccuracy },
  ]).map((line) => ({ ...line, color: 'var(--ink)', dash: '0' }));
  return (
    <div ref={place} className={styles.overTime}>
      <LineChartCard
        name={mixed ? text.loss : text.distance}
        axis={axis}
        format={significant}
        fromZero
        lines={lines(distance, text.atCut)}
        tools={<p className={styles.note}>{mixed ? text.lossNote : text.distanceNote}</p>}
      />
      <LineChartCard
        name={text.nearest}
        unit={chartsText.units.share}
        axis={axis}
        format={percent}
        formatTick={percentOnAxis}
        fromZero
        lines={[...lines((point, cut) => point.nearestLabel[cut] ?? null, text.atCut), ...joined]}
      />
    </div>
  );
}
