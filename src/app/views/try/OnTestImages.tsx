import { useState } from 'react';
import { analysis } from '../../../analysis/client.ts';
import type { Dataset } from '../../../data/dataset.ts';
import { STRATEGIES, type StrategyId } from '../../../experiment/strategies.ts';
import { useAnswer } from '../../asking/useAnswer.ts';
import { DataTable } from '../../charts/ChartCard.tsx';
import { Character } from '../../controls/Character.tsx';
import { pairOf } from '../../ledger/standing.ts';
import { percent, whole } from '../../format.ts';
import { useSession } from '../../store/context.tsx';
import { tryText as text } from '../../text/try.ts';
import { ConfusionMatrix } from './ConfusionMatrix.tsx';
import { among, confusion, mistakes, mostConfused, perClass, worst } from './confusion.ts';
import styles from './try.module.css';

/** Test images that are judged: all of a small set, enough of a large one. */
const PREDICTED = 2000;
const GALLERY = 24;
/** Classes whose counts can be read in one matrix, and mistakes in one list. */
const READABLE = 16;
const LISTED = 6;

interface OnTestImagesProps {
  readonly ids: readonly StrategyId[];
  readonly version: number;
  /** Whether later networks are on their way. */
  readonly behind: boolean;
}

/** What each network gets right and wrong. */
export function OnTestImages({ ids, version, behind }: OnTestImagesProps) {
  const dataset = useSession((state) => state.dataset)!;
  // While it trains, later networks are always on their way: only what stays is said to be behind.
  const training = useSession((state) => state.status === 'running');
  const asked = `${version} ${ids.join()}`;
  const answer = useAnswer(asked, async () => {
    const found: Partial<Record<StrategyId, Uint8Array>> = {};
    for (const id of ids) found[id] = await analysis().predict(id, PREDICTED);
    return { predictions: found, asked };
  });
  if (!answer)
    return (
      <p className={styles.note} aria-busy="true">
        {text.asking}
      </p>
    );
  const { predictions } = answer;
  const there = ids.filter((id) => predictions[id]);
  if (there.length === 0) return null;
  const count = predictions[there[0]]!.length;
  return (
    <div className={styles.testImages} aria-busy={!training && (behind || answer.asked !== asked)}>
      <Confusions ids={there} predictions={predictions} dataset={dataset} count={count} />
      <Gallery ids={there} predictions={predictions} dataset={dataset} count={count} />
    </div>
  );
}

interface PartProps {
  readonly ids: readonly StrategyId[];
  readonly predictions: Partial<Record<StrategyId, Uint8Array>>;
  readonly dataset: Dataset;
  readonly count: number;
}

function Confusions({ ids, predictions, dataset, count }: PartProps) {
  // Where SIL takes part: its own mistakes.
  const [wanted, setWanted] = useState<StrategyId>(pairOf(ids)?.who ?? ids[0]);
  const id = ids.includes(wanted) ? wanted : ids[0];
  const { classes, characters, test } = dataset;
  const counts = confusion(test.labels.subarray(0, count), predictions[id]!, classes);
  const [all, setAll] = useState(false);
  const made = worst(counts, classes);
  const [often] = made;
  const many = classes > READABLE;
  const chosen = many && !all ? mostConfused(counts, classes, READABLE) : [...characters.keys()];
  const sentence = often
    ? text.worst(characters[often.truth], characters[often.seen], often.times)
    : text.noneWrong;
  return (
    <section className={styles.card} aria-labelledby="confusion-heading">
      <header className={styles.cardHead}>
        <h3 id="confusion-heading">{text.confusion}</h3>
        <StrategySelect label={text.of} ids={ids} value={id} onChange={setWanted} />
        {many && (
          <label className={styles.choice}>
            {text.classes}
            <select value={all ? 'all' : 'worst'} onChange={({ target }) => setAll(target.value === 'all')}>
              <option value="worst">{text.mostConfused(READABLE)}</option>
              <option value="all">{text.allClasses(classes)}</option>
            </select>
          </label>
        )}
      </header>
      <p className={styles.note}>
        {text.countIntro(whole(count))} {sentence}
      </p>
      <ConfusionMatrix
        counts={among(counts, classes, chosen)}
        characters={chosen.map((label) => characters[label])}
        name={text.confusionName(STRATEGIES[id].label, sentence)}
      />
      {made.length > 1 && (
        <ol className={styles.worst} aria-label={text.worstList}>
          {made.slice(0, LISTED).map(({ truth, seen, times }) => (
            <li key={`${truth} ${seen}`}>
              {text.mistake(characters[truth], characters[seen])} <b>{times}</b>
            </li>
          ))}
        </ol>
      )}
      <details>
        <summary id="per-class">{text.perClass}</summary>
        <DataTable
          caption={text.perClass}
          head={[text.character, ...ids.map((one) => STRATEGIES[one].label)]}
          rows={characters.map((character, label) => [
            character,
            ...ids.map((one) => {
              const own = confusion(test.labels.subarray(0, count), predictions[one]!, classes);
              const share = perClass(own, classes)[label];
              return share === null ? '' : percent(share);
            }),
          ])}
        />
      </details>
    </section>
  );
}

function Gallery({ ids, predictions, dataset, count }: PartProps) {
  // Where SIL takes part: what it alone gets wrong. Strategies that are equal by construction have nothing to show.
  const opens = pairOf(ids);
  const [wrong, setWrong] = useState<StrategyId>(opens?.who ?? ids[0]);
  const [right, setRight] = useState<StrategyId | ''>(opens?.against ?? '');
  const one = ids.includes(wrong) ? wrong : ids[0];
  const other = right !== '' && ids.includes(right) && right !== one ? right : null;
  const { test, pixels, characters, side } = dataset;
  const found = mistakes(
    test.labels.subarray(0, count),
    predictions[one]!,
    other ? predictions[other]! : null,
  );
  return (
    <section className={styles.card} aria-labelledby="gallery-heading">
      <h3 id="gallery-heading">{text.gallery}</h3>
      <div className={styles.choices}>
        <StrategySelect label={text.wrongFor} ids={ids} value={one} onChange={setWrong} />
        <label className={styles.choice}>
          {text.rightFor}
          <select
            value={other ?? ''}
            onChange={({ target }) => setRight(ids.find((id) => id === target.value) ?? '')}
          >
            <option value="">{text.anyone}</option>
            {ids
              .filter((id) => id !== one)
              .map((id) => (
                <option key={id} value={id}>
                  {STRATEGIES[id].label}
                </option>
              ))}
          </select>
        </label>
      </div>
      {found.length === 0 ? (
        <p className={styles.note}>{text.none}</p>
      ) : (
        <ul className={styles.gallery}>
          {found.slice(0, GALLERY).map((n) => (
            <li key={n}>
              <Character
                pixels={test.images.subarray(n * pixels, (n + 1) * pixels)}
                side={side}
                name={text.mistake(characters[test.labels[n]], characters[predictions[one]![n]])}
              />
              <span aria-hidden="true">
                {characters[test.labels[n]]} → {characters[predictions[one]![n]]}
              </span>
            </li>
          ))}
        </ul>
      )}
      {found.length > GALLERY && <p className={styles.note}>{text.more(found.length - GALLERY)}</p>}
    </section>
  );
}

interface StrategySelectProps {
  readonly label: string;
  readonly ids: readonly StrategyId[];
  readonly value: StrategyId;
  readonly onChange: (id: StrategyId) => void;
}

function StrategySelect({ label, ids, value, onChange }: StrategySelectProps) {
  return (
    <label className={styles.choice}>
      {label}
      <select
        value={value}
        onChange={({ target }) => onChange(ids.find((id) => id === target.value) ?? value)}
      >
        {ids.map((id) => (
          <option key={id} value={id}>
            {STRATEGIES[id].label}
          </option>
        ))}
      </select>
    </label>
  );
}
