/** Keeps runs as they end: finished, or put aside by a reset or another setting. Until then, drafts of them. */
import { decode } from '../../experiment/link.ts';
import { record } from '../../session/recording/recording.ts';
import { trainedBy } from '../../experiment/plan.ts';
import { madeOfBlocks } from '../../experiment/strategies.ts';
import type { Session } from '../../session/session.ts';
import type { StrategyState, SessionState } from '../../session/state.ts';
import { dropDraft, saveDraft } from './draft.ts';
import { keep, refuseWeights, useKept } from './kept.ts';
import { nameOf } from './name.ts';

/** Milliseconds between two drafts of a run that goes on. */
const DRAFT_MS = 5000;

/** Puts every run of the session among the kept ones, each once. The function returned stops that. */
export function keepRuns(session: Session): () => void {
  /** Kept runs by their number in the session, as they were kept last: one that goes on is kept as what became of it. */
  const kept = new Map<number, { readonly id: string; readonly strategies: SessionState['strategies'] }>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const news = ({ run, strategies }: SessionState) => {
    const before = run && kept.get(run.id);
    return run !== null && trained(strategies) && !(before && same(strategies, before.strategies));
  };
  const note = (state: SessionState): string | null => {
    clearTimeout(timer);
    timer = undefined;
    void dropDraft();
    const found = news(state) ? recordOf(state) : null;
    if (!state.run || !found) return null;
    const id = keep(found.recording, found.name, kept.get(state.run.id)?.id);
    kept.set(state.run.id, { id, strategies: state.strategies });
    return id;
  };
  const draft = () => {
    clearTimeout(timer);
    timer = undefined;
    const state = session.store.getState();
    const found = unended(state) && news(state) ? recordOf(state) : null;
    if (found) saveDraft({ ...found, saved: Date.now() }).catch(() => useKept.setState({ stored: false }));
  };
  // The last chance of a page that is about to be closed.
  const hide = () => {
    if (document.visibilityState === 'hidden') draft();
  };
  document.addEventListener('visibilitychange', hide);
  const unsubscribe = session.store.subscribe((state, before) => {
    if (before.run && before.run.id !== state.run?.id) note(before);
    if (state.run && state.status === 'finished' && before.status !== 'finished') {
      const id = note(state);
      if (id) keepTheirWeights(session, state, id).catch(refuseWeights);
    } else if (unended(state) && state.strategies !== before.strategies)
      timer ??= setTimeout(draft, DRAFT_MS);
  });
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', hide);
    unsubscribe();
  };
}

/** Whether there is something that has begun and not come to its end. */
export const unended = ({ strategies, status, recording }: SessionState): boolean =>
  !recording && status !== 'finished' && trained(strategies);

function recordOf(state: SessionState) {
  const recording = record(state, new Date());
  return recording && { recording, name: nameOf(decode(recording.fragment).experiment) };
}

/** A finished run's weights, as long as its devices hold them. */
async function keepTheirWeights(session: Session, state: SessionState, id: string): Promise<void> {
  const { plan, strategies, run, dataset } = state;
  if (!plan || !run || !dataset) return;
  const [{ keepWeights }, { weightsFile }] = await Promise.all([
    import('./kept-weights.ts'),
    import('../weights-file.ts'),
  ]);
  const files = [];
  for (const { id: strategy, final } of Object.values(strategies)) {
    const parameters =
      final && !madeOfBlocks(strategy) && (await session.parameters(strategy).catch(() => null));
    // Put aside meanwhile: what comes now would be another run's.
    if (session.store.getState().run?.id !== run.id) return;
    if (!parameters) continue;
    const { network } = trainedBy(strategy, plan);
    files.push({ strategy, file: weightsFile({ run, strategy, network, parameters, data: dataset }) });
  }
  if (files.length > 0) await keepWeights(id, files);
}

const trained = (strategies: SessionState['strategies']) =>
  Object.values(strategies).some(({ step }) => step > 0);

const same = (a: SessionState['strategies'], b: SessionState['strategies']) => {
  const points = (strategies: SessionState['strategies']) =>
    Object.values(strategies as Record<string, StrategyState>).map((strategy) => strategy.points);
  const [left, right] = [points(a), points(b)];
  return left.length === right.length && left.every((one, index) => one === right[index]);
};
