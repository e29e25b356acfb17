import type { ReactNode } from 'react';
import type { StrategyId } from '../../experiment/strategies.ts';
import { STRATEGIES } from '../../experiment/strategies.ts';
import { bytes, percent, whole } from '../format.ts';
import { numberAndUnit } from '../stage/layout.ts';
import { foretold } from '../stage/row.ts';
import { useSession } from '../store/context.tsx';
import { useStrategies } from '../store/strategies.ts';
import { screenText } from '../text/screen.ts';
import { countImages, useImages } from './images.ts';
import styles from './ledger.module.css';
import { fullest, gapOf, imagesAsked, pairOf, sentToTrain, type Pair } from './standing.ts';
import { Standing } from './Standing.tsx';

const text = screenText.ledger;

/** What is lost, held and sent: always there, always now. */
export function Ledger() {
  const strategies = useStrategies();
  const pair = pairOf(Object.keys(strategies) as StrategyId[]);
  return (
    <section className={styles.ledger} aria-label={text.name}>
      <Standing pair={pair} />
      <GapTile pair={pair} />
      <MemoryTile pair={pair} />
      <SentTile pair={pair} />
    </section>
  );
}

interface TileProps {
  readonly title: string;
  readonly short: string;
  readonly big: string;
  readonly unit?: string;
  /** Images that it was measured on, where the note has no room to say so. */
  readonly count?: string;
  /** Which of the tiles; how long its number may become goes by that. */
  readonly of: 'gap' | 'memory' | 'sent';
  /** It is nothing, and stays so. */
  readonly none?: boolean;
  readonly children: ReactNode;
}

function Tile({ title, short, big, unit, count, of, none, children }: TileProps) {
  return (
    <div className={styles.tile} data-of={of} data-none={none ? '' : undefined}>
      <h2>
        <span className={styles.long}>
          {title}
          {count && (
            <span className={styles.inTitle} aria-hidden="true">
              {count}
            </span>
          )}
        </span>
        <span className={styles.short} aria-hidden="true">
          {short}
        </span>
      </h2>
      {/* Another number takes its place, with its unit: none is pushed aside. */}
      <p key={big} className={styles.big}>
        {/* A sign stands before its number in every language. */}
        <bdi dir="ltr">{big}</bdi>
        {unit && <small>{unit}</small>}
      </p>
      <div className={styles.note}>{children}</div>
    </div>
  );
}

interface PairProps {
  readonly pair: Pair | null;
}

function GapTile({ pair }: PairProps) {
  const strategies = useStrategies();
  const [mine, other] = pair ? [strategies[pair.who], strategies[pair.against]] : [];
  const gap = mine && other ? gapOf(mine, other) : null;
  const test = useSession((state) => state.experiment.test);
  const all = useSession((state) => state.dataset?.test.count);
  const images = imagesAsked(gap?.epochs === null ? mine?.final : null, test, all);
  const sign = gap && gap.points !== 0 ? (gap.points > 0 ? '+' : '−') : '';
  return (
    <Tile
      title={text.gap}
      short={text.gapShort}
      big={gap ? `${sign}${Math.abs(gap.points).toFixed(1)}` : text.unknown}
      of="gap"
      {...(gap ? { unit: text.points } : {})}
      {...(images !== null ? { count: text.count(whole(images)) } : {})}
    >
      {gap && (
        <>
          <span className={styles.long}>
            {text.against(percent(gap.mine), percent(gap.other))}
            <span className={styles.inNote}>
              {text.ofImages(images === null ? text.unknown : whole(images))}
            </span>
          </span>
          <span className={styles.short} aria-hidden="true">
            {text.againstShort((100 * gap.mine).toFixed(1), percent(gap.other))}
          </span>
        </>
      )}
    </Tile>
  );
}

function MemoryTile({ pair }: PairProps) {
  const strategies = useStrategies();
  const costEstimates = useSession((state) => state.costEstimates);
  const images = useImages((state) => state.images);
  const held = (id: StrategyId) => fullest(strategies[id]?.devices ?? [], costEstimates[id], images);
  const [mine, other] = pair ? [held(pair.who), held(pair.against)] : [0, 0];
  const known = mine > 0 && other > 0;
  const foreseen = pair !== null && strategies[pair.who]?.devices.length === 0;
  return (
    <Tile
      title={text.memory}
      short={text.memoryShort}
      of="memory"
      big={known ? `${Math.round((100 * mine) / other)}%` : text.unknown}
    >
      {known && (
        <>
          <span className={styles.long}>
            {`${about(foreseen)}${text.ofMemory(bytes(mine), bytes(other))}`}
          </span>
          <span className={styles.short} aria-hidden="true">
            {`${foreseen ? '≈' : ''}${numberAndUnit(mine, other).number}/${bytes(other)}`}
          </span>
        </>
      )}
      <label className={styles.switch} data-screen="">
        <input
          type="checkbox"
          role="switch"
          checked={images}
          aria-checked={images}
          onChange={({ target }) => countImages(target.checked)}
        />
        <span className={styles.wide}>{text.images}</span>
        <span className={styles.tight} aria-hidden="true">
          {text.imagesShort}
        </span>
      </label>
    </Tile>
  );
}

/** What is foretold has a mark, as in the rows; nothing is nothing. */
const about = (foreseen: boolean): string => (foreseen ? '≈ ' : '');

function SentTile({ pair }: PairProps) {
  const strategies = useStrategies();
  const plan = useSession((state) => state.plan);
  const costEstimates = useSession((state) => state.costEstimates);
  const experiment = useSession((state) => state.experiment);
  const dataset = useSession((state) => state.dataset);
  const toSend = (id: StrategyId) =>
    (foretold({ plan, costEstimates, experiment, dataset }, id) ?? []).reduce((sum, sent) => sum + sent, 0);
  const sentBy = (id: StrategyId): { readonly amount: number; readonly foreseen: boolean } => {
    const strategy = strategies[id];
    if (strategy && strategy.devices.length > 0) return { amount: sentToTrain(strategy), foreseen: false };
    const amount = toSend(id);
    return { amount, foreseen: amount > 0 };
  };
  const others = Object.values(strategies).filter(({ id }) => pair && id !== pair.who && id !== pair.against);
  const sent = others.map(({ id }) => sentBy(id)).sort((a, b) => a.amount - b.amount);
  const [least, most] = [sent[0], sent.at(-1)];
  const said = ({ amount, foreseen }: ReturnType<typeof sentBy>) => about(foreseen) + bytes(amount);
  return (
    <Tile
      title={text.sent}
      short={text.sent}
      of="sent"
      none={pair !== null && toSend(pair.who) === 0}
      big={pair ? said(sentBy(pair.who)) : text.unknown}
    >
      {least && most && (
        <>
          <span className={styles.long}>
            {others.length === 1
              ? text.other(STRATEGIES[others[0].id].short, said(most))
              : text.others(said(least), most.amount === least.amount ? null : bytes(most.amount))}
          </span>
          <span className={styles.short} aria-hidden="true">
            {text.othersShort(said(most).replace('≈ ', '≈'), others.length)}
          </span>
        </>
      )}
    </Tile>
  );
}
