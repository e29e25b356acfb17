/** What was on the page before the tour put its own experiments there. */
import { encode } from '../../experiment/link.ts';
import type { Session } from '../../session/session.ts';
import type { SessionState } from '../../session/state.ts';
import type { TourStep } from './steps.ts';

/** Settings, and what is shown of them. */
interface There {
  readonly settings: string;
  readonly run: number | null;
  readonly recording: SessionState['recording'];
}

const there = ({ experiment, run, recording }: SessionState): There => ({
  settings: encode(experiment),
  run: run?.id ?? null,
  recording,
});

const same = (a: There, b: There): boolean =>
  a.settings === b.settings && a.run === b.run && a.recording === b.recording;

let before: There | null = null;
/** Settings that the tour made last. */
let made: string | null = null;

/** Does what a step of the tour does, and remembers what it is done to. */
export function actFor({ actions, store }: Session, act: TourStep['act']): void {
  if (!act) return;
  before ??= there(store.getState());
  act(actions, store.getState());
  made = encode(store.getState().experiment);
}

/**
 * Takes back what the tour changed, run and all. Whoever has changed something since keeps it: that is no longer the
 * tour's. Everything can be made again by redo, and finished runs are kept.
 */
export function giveBack({ actions, store }: Session): void {
  const [wanted, own] = [before, made];
  before = made = null;
  if (!wanted || encode(store.getState().experiment) !== own) return;
  let steps = 0;
  while (store.getState().canUndo && !same(there(store.getState()), wanted)) {
    actions.undo();
    steps++;
  }
  if (same(there(store.getState()), wanted)) return;
  // So many runs were put aside that this one is gone: its settings come back, and it is kept if it had ended.
  while (steps-- > 0) actions.redo();
  actions.open(`#${wanted.settings}`);
}
