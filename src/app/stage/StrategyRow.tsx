import type { CSSProperties } from 'react';
import { STRATEGIES, type StrategyId } from '../../experiment/strategies.ts';
import { LineSample } from '../controls/LineSample.tsx';
import { bytes, percent } from '../format.ts';
import { useActions, useSession } from '../store/context.tsx';
import { networkText as text } from '../text/network.ts';
import { likeliest, useAnswers } from './answers.ts';
import { pin, usePinned } from './drawn.ts';
import { Figure } from './Figure.tsx';
import type { RowLayout } from './layout.ts';
import { Packets } from './Packets.tsx';
import type { Row } from './row.ts';
import styles from './rows.module.css';
import { areApart, inPieces, waysAtCuts } from './shape.ts';
import { useRow } from './useRow.ts';

interface StrategyRowProps {
  readonly id: StrategyId;
  /** Whether its network is the one that is drawn. */
  readonly on: boolean;
  readonly layout: RowLayout;
}

/** A strategy in a line: its accuracy, what each device holds, what has been sent at each cut, what it answers. */
export function StrategyRow({ id, on, layout }: StrategyRowProps) {
  const row = useRow(id);
  const pinned = usePinned((state) => state.pinned === id);
  const turn = useSession(
    ({ status, strategies }) => status === 'running' && strategies[id]?.status === 'turn',
  );
  const answer = useAnswerOf(id);
  if (!row) return null;
  const { short } = STRATEGIES[id];
  const accuracy = row.accuracy === null ? '' : percent(row.accuracy);
  const name = text.row.name(short, accuracy);
  const told = tell(row, answer && text.row.says(answer.character, percent(answer.probability)));
  return (
    <li
      className={styles.row}
      data-on={on}
      data-failed={row.failed}
      style={{ '--own': `var(--strategy-${id})` } as CSSProperties}
    >
      <button
        type="button"
        className={styles.name}
        aria-pressed={pinned}
        aria-label={`${name}. ${told.join('. ')}.`}
        title={[...told, pinned ? text.row.unpin : text.row.pin].join('\n')}
        onClick={() => pin(id)}
      >
        {row.failed ? <i className={styles.mark}>!</i> : <LineSample id={id} />}
        <span dir="auto">{short}</span>
        <b>{accuracy}</b>
      </button>
      <div className={styles.blocks}>
        {inPieces(row.shape) ? <Pieces {...{ row, layout }} moving={turn} /> : <Together row={row} />}
      </div>
      <p className={styles.says} aria-hidden="true">
        {answer ? (
          <>
            <b>{answer.character}</b> {percent(answer.probability)}
          </>
        ) : (
          '–'
        )}
      </p>
    </li>
  );
}

/** Its figures as sentences, for the tip and for whoever hears the row. */
function tell(row: Row, says: string | null): string[] {
  const { shape, holds, sent, measured, lost } = row;
  const about = measured ? '' : '≈ ';
  const held = holds.map((held, rank) =>
    lost.includes(rank) ? text.isLost(text.device(rank)) : text.row.holds(rank, about + bytes(held)),
  );
  const amounts = sent.map((amount) => (amount > 0 ? about : '') + bytes(amount));
  const crossed =
    shape === 'whole' || shape === 'joined'
      ? []
      : inPieces(shape)
        ? amounts.map((amount, cut) =>
            measured ? text.row.sentAt(cut, amount) : text.row.toSendAt(cut, amount),
          )
        : amounts.map((amount) =>
            measured
              ? text.row.sentBy(text.exchange[shape], amount)
              : text.row.toSendBy(text.exchange[shape], amount),
          );
  return [...held, ...crossed, ...(says === null ? [] : [says])];
}

/** The likeliest class to this network's mind; null before it was asked. */
function useAnswerOf(id: StrategyId): { character: string; probability: number } | null {
  const plan = useSession((state) => state.plan);
  const characters = useSession((state) => state.dataset?.characters);
  const prediction = useAnswers((state) =>
    state.plan === plan && !state.untrained.includes(id) ? state.predictions[id] : undefined,
  );
  if (!prediction || !characters) return null;
  const { label, probability } = likeliest(prediction);
  return { character: characters[label], probability };
}

interface PiecesProps {
  readonly row: Row;
  readonly layout: RowLayout;
  readonly moving: boolean;
}

/** A block for each device's run of layers, and at each cut what has crossed it. */
function Pieces({ row, layout: { blocks, gaps }, moving }: PiecesProps) {
  const { id, shape, holds, sent, measured, lost } = row;
  const { restart } = useActions();
  const ways = waysAtCuts(shape);
  return (
    <>
      {ways && (
        <svg className={styles.rails} aria-hidden="true">
          {gaps.map(({ from, to }, cut) => (
            <Packets
              key={cut}
              strategy={id}
              rank={cut}
              from={[from, 0]}
              to={[to, 0]}
              apart={5.5}
              back={ways === 'both'}
              moving={moving && ways !== 'once'}
            />
          ))}
        </svg>
      )}
      {blocks.map(({ from, to }, rank) => (
        <span
          key={rank}
          className={styles.block}
          data-lost={lost.includes(rank)}
          style={{ left: from, width: to - from }}
        >
          {lost.includes(rank) ? (
            areApart(shape) ? (
              <button
                type="button"
                className={`link ${styles.restart}`}
                aria-label={text.row.restart}
                title={text.row.restart}
                onClick={() => restart(id, rank)}
              >
                <span>{text.row.restart}</span>
                <span className={styles.sign}>{text.row.restartSign}</span>
              </button>
            ) : (
              <b aria-hidden="true">{text.row.lost}</b>
            )
          ) : (
            <Figure value={holds[rank]} largest={Math.max(...holds)} about={!measured} />
          )}
        </span>
      ))}
      {gaps.map(({ from, to }, cut) => (
        <span
          key={cut}
          className={styles.sent}
          data-none={sent[cut] === 0}
          style={{ left: from, width: to - from }}
          aria-hidden="true"
        >
          <Figure value={sent[cut]} largest={Math.max(...sent)} about={!measured && sent[cut] > 0}>
            {sent[cut] === 0 && <span className={styles.word}> {text.row.sent}</span>}
          </Figure>
        </span>
      ))}
    </>
  );
}

/** Devices that have every layer each: one, copies of it, or shares; one counter in the middle. */
function Together({ row: { shape, holds, sent, measured } }: { readonly row: Row }) {
  const fullest = Math.max(...holds);
  return (
    <span className={`${styles.block} ${styles.wide}`} data-shape={shape} aria-hidden="true">
      <span className={styles.held}>
        {shape === 'copies' && <span className={styles.word}>{text.row.copies(holds.length)} </span>}
        {shape === 'shares' && <span className={styles.word}>{text.row.shares(holds.length)} </span>}
        <Figure value={fullest} about={!measured} />
      </span>
      {(shape === 'copies' || shape === 'shares') && (
        <span className={styles.summed}>
          <Figure value={sent[0]} about={!measured && sent[0] > 0} before={text.exchange[shape]} />
        </span>
      )}
    </span>
  );
}
