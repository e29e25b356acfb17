import { LIMITS } from '../../experiment/limits.ts';
import { useActions, useSession } from '../store/context.tsx';
import { networkText as text } from '../text/network.ts';
import { freePlaces, withCut } from './cuts.ts';
import { cutX, gapOf, type Frame } from './drawing.ts';
import styles from './drawing.module.css';

/** Farther than this from its middle a place for a cut would be in the way of the layers. */
const REACH = 40;

/**
 * Where the network could be cut, too: under a mouse a line comes up there, and a click makes it a cut. A finger that
 * only scrolls would cut by mistake, and keys have the button beside the count.
 */
export function FreePlaces({ frame }: { readonly frame: Frame }) {
  const { cuts, layers } = useSession((state) => state.experiment);
  const { change } = useActions();
  if (cuts.length >= LIMITS.cuts) return null;
  const levels = layers.length + 2;
  const reach = Math.min(REACH, gapOf(levels, frame) / 2 - frame.bar);
  if (reach < 4) return null;
  const { height } = frame;
  return (
    <g aria-hidden="true" className={styles.free}>
      {freePlaces(cuts, layers.length).map((after) => {
        const x = cutX(after, levels, frame);
        return (
          <g key={after} onClick={() => change({ cuts: withCut(cuts, after) })}>
            <title>{text.cutHere}</title>
            <rect x={x - reach} y={0} width={2 * reach} height={height} fill="transparent" />
            <path d={`M${x} 0V${height}`} />
            <circle cx={x} cy={height / 2 - 5} r={10} />
            <path className={styles.plus} d={`M${x - 4.5} ${height / 2 - 5}h9m-4.5 -4.5v9`} />
          </g>
        );
      })}
    </g>
  );
}
