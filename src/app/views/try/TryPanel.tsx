import { useEffect, useState } from 'react';
import { analysis } from '../../../analysis/client.ts';
import type { Prediction } from '../../../analysis/serve.ts';
import { STRATEGIES, type StrategyId } from '../../../experiment/strategies.ts';
import { pickCharacter, useCharacter, type Shown } from '../../asking/character.ts';
import { useNetworks } from '../../asking/networks.ts';
import { useAnswer } from '../../asking/useAnswer.ts';
import { useVisible } from '../../asking/useVisible.ts';
import { Character } from '../../controls/Character.tsx';
import { percent, significant } from '../../format.ts';
import { useSession } from '../../store/context.tsx';
import { tryText as text } from '../../text/try.ts';
import { draw } from './draw.ts';
import { DrawingPad } from './DrawingPad.tsx';
import { OnTestImages } from './OnTestImages.tsx';
import { useSheet } from './sheet.ts';
import styles from './try.module.css';

/** Draw a character or pick one, and hear what every trained network makes of it; then what they get wrong. */
export function TryPanel() {
  const [panel, visible] = useVisible<HTMLElement>();
  const dataset = useSession((state) => state.dataset);
  const recorded = useSession((state) => state.recording !== null);
  const begun = useSession(({ strategies }) => Object.values(strategies).some(({ step }) => step > 0));
  const trained = useSession(({ strategies }) =>
    Object.values(strategies).some(({ step, status }) => step > 0 && status !== 'failed'),
  );
  const { ids, version, behind, problem } = useNetworks(visible && trained && !recorded);
  const shown = useCharacter(dataset);
  const strokes = useSheet((state) => state.strokes);
  // Another data set empties what the networks see, but not the sheet: what is on it is seen again.
  useEffect(() => {
    if (dataset && !shown && strokes.length > 0) draw(dataset, strokes);
  }, [dataset, shown, strokes]);
  if (!dataset) return null;
  if (recorded) {
    return (
      <section className={styles.panel} aria-labelledby="try-heading">
        <h2 id="try-heading" className="visually-hidden">
          {text.heading}
        </h2>
        <p className={styles.note}>{text.recorded}</p>
      </section>
    );
  }
  const ready = trained && ids.length > 0;
  const about =
    shown &&
    (shown.truth === null ? text.drawnAs(dataset.side) : text.picked(dataset.characters[shown.truth]));

  return (
    <section data-screen="" ref={panel} className={styles.panel} aria-labelledby="try-heading">
      <h2 id="try-heading" className="visually-hidden">
        {text.heading}
      </h2>
      <p className={styles.note}>{text.intro}</p>
      {problem && <p role="alert">{problem}</p>}
      <div className={styles.card}>
        <div className={styles.sheet}>
          <DrawingPad onDraw={(all) => draw(dataset, all)} />
          <div className={styles.seen}>
            <h3>{text.seen}</h3>
            <div className={styles.image}>
              {shown && <Character pixels={shown.pixels} side={dataset.side} />}
            </div>
            <p className={styles.note}>{about}</p>
            <button type="button" className="button" onClick={() => pickCharacter(dataset)}>
              {text.pick}
            </button>
          </div>
        </div>
        <div className={styles.predictions}>
          {ready && shown ? (
            ids.map((id) => <PredictionCard key={id} id={id} shown={shown} version={version} />)
          ) : ready ? (
            <p className={styles.empty}>{text.draw}</p>
          ) : trained && !problem ? (
            <p className={styles.empty} aria-busy={visible}>
              {text.asking}
            </p>
          ) : (
            <p className={styles.empty}>{begun ? text.stopped : text.waiting}</p>
          )}
        </div>
      </div>
      {ready && <OnTestImages ids={ids} version={version} behind={behind} />}
    </section>
  );
}

interface PredictionCardProps {
  readonly id: StrategyId;
  readonly shown: Shown;
  readonly version: number;
}

/** A network's five likeliest classes. */
function PredictionCard({ id, shown, version }: PredictionCardProps) {
  const characters = useSession((state) => state.dataset?.characters) ?? [];
  const prediction = useAnswer(`${id} ${version} ${shown.key}`, async () => ({
    of: shown.key,
    ...(await analysis().classify(id, shown.pixels)),
  }));
  const top = prediction ? topOf(prediction, 5) : [];
  const first = top[0];
  const spoken = useOnce(
    prediction?.of,
    first && text.spoken(STRATEGIES[id].label, characters[first.label] ?? '', percent(first.probability)),
  );
  return (
    <article className={styles.prediction}>
      <h3 style={{ color: `var(--strategy-${id})` }}>{STRATEGIES[id].label}</h3>
      <p role="status" className="visually-hidden">
        {spoken}
      </p>
      <ol aria-label={text.top(STRATEGIES[id].label)}>
        {top.map(({ label, probability }, rank) => (
          <li key={label} className={rank === 0 ? styles.first : undefined}>
            <span>{characters[label]}</span>
            <i style={{ inlineSize: `${100 * probability}%`, background: `var(--strategy-${id})` }} />
            <span>{percent(probability)}</span>
          </li>
        ))}
      </ol>
      {prediction?.nearest.map(
        (nearest, cut) =>
          nearest && (
            <p key={cut} className={styles.note}>
              {text.nearest(cut + 1, characters[nearest.label] ?? '', significant(nearest.distance))}
            </p>
          ),
      )}
    </article>
  );
}

/**
 * The first answer for a key: a screen reader hears what a network makes of a new character, and not again at every turn
 * of its training.
 */
function useOnce(key: number | undefined, answer: string | undefined): string {
  const [kept, setKept] = useState({ key: 0, answer: '' });
  if (key !== undefined && answer !== undefined && kept.key !== key) setKept({ key, answer });
  return kept.answer;
}

function topOf({ probabilities }: Prediction, count: number): { label: number; probability: number }[] {
  return [...probabilities]
    .map((probability, label) => ({ label, probability }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, count);
}
