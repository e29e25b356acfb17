import { LIMITS } from '../../experiment/limits.ts';
import { LayerStepper } from '../controls/LayerStepper.tsx';
import { Stepper } from '../controls/Stepper.tsx';
import { useActions, useSession } from '../store/context.tsx';
import { networkText as text } from '../text/network.ts';
import { withAnother } from './cuts.ts';
import styles from './stage.module.css';

/** How many layers and cuts there are, and one fewer or more of each. */
export function Counts() {
  const { cuts, layers } = useSession((state) => state.experiment);
  const { change } = useActions();
  const most = Math.min(LIMITS.cuts, layers.length);
  return (
    <div className={styles.counts}>
      <LayerStepper>{text.layers(layers.length)}</LayerStepper>
      <Stepper
        fewer={text.removeCut}
        more={text.addCut}
        onFewer={cuts.length > 0 ? () => change({ cuts: cuts.slice(0, -1) }) : undefined}
        onMore={cuts.length < most ? () => change({ cuts: withAnother(cuts, layers.length) }) : undefined}
      >
        {text.cuts(cuts.length)}
      </Stepper>
    </div>
  );
}
