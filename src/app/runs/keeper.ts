/** Keeps runs as they end: finished, or put aside by a reset or another setting. */
import { decode, encode } from '../../experiment/link.ts';
import { record } from '../../session/recording/recording.ts';
import type { Session } from '../../session/session.ts';
import type { ModeState, SessionState } from '../../session/state.ts';
import { keep } from './kept.ts';
import { nameOf } from './name.ts';

/** Puts every run of the session among the kept ones. The function returned stops that. */
export function keepRuns(session: Session): () => void {
  /** The modes that were kept last, so that a run that finished is not kept again when it is put aside. */
  let last: SessionState['modes'] = {};
  const note = (state: SessionState) => {
    if (state.recording || same(state.modes, last)) return;
    last = state.modes;
    const { experiment } = decode(state.fragment);
    const recording = record(state, encode(experiment), new Date());
    if (recording) keep(recording, nameOf(experiment));
  };
  return session.store.subscribe((state, before) => {
    if (state.status === 'finished' && before.status !== 'finished') note(state);
    else if (trained(before.modes) && !trained(state.modes)) note(before);
  });
}

const trained = (modes: SessionState['modes']) => Object.values(modes).some(({ step }) => step > 0);

const same = (a: SessionState['modes'], b: SessionState['modes']) => {
  const points = (modes: SessionState['modes']) =>
    Object.values(modes as Record<string, ModeState>).map((mode) => mode.points);
  const [left, right] = [points(a), points(b)];
  return left.length === right.length && left.every((one, index) => one === right[index]);
};
