/** What the tour shows and does, in order. */
import { applyPreset, presetOf } from '../../experiment/presets.ts';
import type { SessionActions } from '../../session/actions.ts';
import type { SessionState } from '../../session/state.ts';
import { tourText } from '../text/tour.ts';
import type { ViewId } from '../view.ts';

export interface TourStep {
  readonly id: keyof typeof tourText.steps;
  /** Id of what it speaks of; it is scrolled to and framed. */
  readonly target: string;
  /** The view that it stands in. */
  readonly opens?: ViewId;
  /** Whether it asks what someone expects, and whether it says what came of it. */
  readonly asks?: true;
  readonly tells?: true;
  /** What it does with the real controls, when it is reached by going on. */
  act?(actions: SessionActions, state: SessionState): void;
}

const tiny = presetOf('tiny');

export const STEPS: readonly TourStep[] = [
  {
    id: 'question',
    target: 'network-heading',
    act: (actions, { experiment }) => actions.change(applyPreset(tiny, experiment)),
  },
  { id: 'cut', target: 'network-heading', act: (actions) => actions.change({ cuts: [2] }) },
  { id: 'labels', target: 'inside-heading', opens: 'inside' },
  { id: 'predict', target: 'network-heading', asks: true },
  { id: 'train', target: 'controls', act: (actions) => actions.play() },
  { id: 'curves', target: 'view', opens: 'curves', tells: true },
  { id: 'inside', target: 'inside-heading', opens: 'inside' },
  {
    id: 'early',
    target: 'network-heading',
    opens: 'curves',
    act(actions) {
      actions.change({ cuts: [1] });
      actions.play();
    },
  },
  { id: 'share', target: 'share-button' },
];
