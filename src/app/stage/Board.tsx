import type { CSSProperties } from 'react';
import type { StrategyId } from '../../experiment/strategies.ts';
import { late, Late } from '../late/Late.tsx';
import { useSession } from '../store/context.tsx';
import { networkText as text } from '../text/network.ts';
import { shellText } from '../text/shell.ts';
import { Answer } from './Answer.tsx';
import styles from './board.module.css';
import { cutX } from './drawing.ts';
import { HeldLine } from './HeldLine.tsx';
import { rowLayout } from './layout.ts';
import { NetworkDrawing } from './NetworkDrawing.tsx';
import { StrategyRow } from './StrategyRow.tsx';
import { useFrame } from './useFrame.ts';

const Pad = late(async () => (await import('./Pad.tsx')).Pad);
const Asking = late(async () => (await import('./Asking.tsx')).Asking);

/** From this many rows on they are lower. */
const MANY = 5;
/** More rows than these do not fit beside a view: the page grows. */
const FITTING = 6;

/** A character on its left, the network of one strategy, its answer on the right; below, a row for each strategy. */
export function Board({ drawn }: { readonly drawn: StrategyId }) {
  const [room, frame] = useFrame();
  const ids = useSession(({ strategies }) => Object.keys(strategies).join()).split(',') as StrategyId[];
  const levels = useSession((state) => state.experiment.layers.length + 2);
  const cuts = useSession((state) => state.experiment.cuts);
  const places = cuts.map((after) => cutX(after, levels, frame));
  const layout = rowLayout(frame.width, places, frame.phone);
  const style = { '--rows': ids.length, '--drawn': `var(--strategy-${drawn})` } as CSSProperties;
  return (
    <div
      className={styles.board}
      // What comes in stands at the left and what comes out at the right, in every language.
      dir="ltr"
      data-phone={frame.phone}
      data-many={ids.length >= MANY}
      data-crowded={ids.length > FITTING ? '' : undefined}
      style={style}
    >
      <Late part={Asking} props={{ drawn }} what={shellText.passageBroke} />
      <div className={styles.draw} data-screen="">
        <Late part={Pad} props={{ phone: frame.phone }} what={shellText.tryBroke} />
      </div>
      <div className={styles.net} ref={room} data-part="drawing">
        <NetworkDrawing drawn={drawn} frame={frame} />
        <i className={styles.lines} aria-hidden="true">
          {places.map((x, cut) => (
            <i key={cut} style={{ left: x }} />
          ))}
        </i>
      </div>
      <Answer id={drawn} />
      {frame.phone && <HeldLine id={drawn} places={places} width={frame.width} />}
      <ul className={styles.rows} data-part="rows" aria-label={text.row.list}>
        {ids.map((id) => (
          <StrategyRow key={id} id={id} on={id === drawn} layout={layout} />
        ))}
      </ul>
    </div>
  );
}
