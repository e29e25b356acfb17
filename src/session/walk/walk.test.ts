/**
 * Walks through a session: play, pause, step, reset, undo, redo, settings, strategies, slow and failing data, slow engines,
 * recordings, weights, dying devices, in any order, closed at any moment. After each step `truths.ts` must hold; at the end
 * what trained is what a fresh run of the run's own link trains, to the bit, and no worker is left.
 *
 * `WALKS=20000 SEED=7 npm run unit -- src/session/walk` walks further and elsewhere.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeSafetensors } from '../../export/safetensors/write.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { decode, encode } from '../../experiment/link.ts';
import { denseNetwork } from '../../network/spec.ts';
import { countParameters } from '../../network/layers/layers.ts';
import { record } from '../recording/recording.ts';
import { isGoing, type StrategyState, type RunFacts } from '../state.ts';
import { until } from '../testing.ts';
import { Ground, SETS } from './ground.ts';
import { checkNow, curve } from './truths.ts';

const WALKS = Number(process.env['WALKS'] ?? 2000);
const SEED = Number(process.env['SEED'] ?? 1);

const LINK =
  'data=mnist&layers=4,4&cuts=1&batch=10&epochs=2&turn=3&test=0&seed=1&strategies=conventional,sil';

const FILE = (() => {
  const layers = denseNetwork(9, [4, 4], 4, 'relu');
  const values = new Float32Array(countParameters(layers)).map(
    (_, index) => ((index * 7919) % 101) / 200 - 0.25,
  );
  return new File([writeSafetensors(layers, values, {})], 'mine.safetensors');
})();

/** One step of a walk. Fast-check shortens a walk that fails to the steps that matter. */
class Step implements fc.AsyncCommand<object, Ground> {
  private readonly name: string;
  private readonly act: (ground: Ground) => void | Promise<void>;
  constructor(name: string, act: (ground: Ground) => void | Promise<void>) {
    this.name = name;
    this.act = act;
  }
  check = () => true;
  toString = () => this.name;
  async run(_: object, ground: Ground): Promise<void> {
    await this.act(ground);
    checkNow(ground);
    await ground.rest(1);
    checkNow(ground);
  }
}

const always = (name: string, act: (ground: Ground) => void) => fc.constant(new Step(name, act));
const setting = <Name extends keyof Experiment>(name: Name, ...values: Experiment[Name][]) =>
  fc
    .constantFrom(...values)
    .map(
      (value) =>
        new Step(`${name}=${JSON.stringify(value)}`, ({ session }) =>
          session.actions.change({ [name]: value }),
        ),
    );

/** A run that was recorded before the walk. */
let recordings: Parameters<Ground['session']['actions']['show']>[0][] = [];

const STEPS: fc.Arbitrary<Step>[] = [
  always('play', ({ session }) => session.actions.play()),
  always('play', ({ session }) => session.actions.play()),
  always('step', ({ session }) => session.actions.step()),
  always('pause', ({ session }) => session.actions.pause()),
  always('reset', ({ session }) => session.actions.reset()),
  always('undo', ({ session }) => session.actions.undo()),
  always('redo', ({ session }) => session.actions.redo()),
  setting('seed', 1, 2),
  setting('layers', [4, 4], [3, 5], [4, 4, 4]),
  setting('cuts', [1], [2], []),
  setting('learningRate', 1e-3, 1e-2),
  setting('strategies', ['conventional'], ['sil'], ['conventional', 'sil'], ['model'], ['sil', 'data']),
  setting('recovery', 0, 1),
  setting('engine', ['cpu'], ['tfjs'], ['auto'], ['cpu', 'tfjs']),
  setting('code', ['gaussian'], ['sparse']),
  setting('data', 'mnist', 'emnist-digits', 'emnist-letters'),
  fc
    .constantFrom('mnist', 'emnist-digits', 'emnist-letters')
    .map((id) => new Step(`choose ${id}`, ({ session }) => session.actions.chooseData(id))),
  always('drop files', ({ session }) => session.actions.dropFiles([])),
  always('data arrive', (ground) => ground.answerLoad()),
  always('data arrive', (ground) => ground.answerLoad()),
  always('data fail', (ground) => ground.failLoad()),
  always('cancel', ({ session }) => session.actions.cancelData()),
  always('engine answers', (ground) => ground.answerEngine()),
  fc
    .nat(1)
    .map((index) => new Step(`show ${index}`, ({ session }) => session.actions.show(recordings[index]))),
  always('open', ({ session }) => session.actions.open(`${LINK}&seed=3`)),
  fc.constant(
    new Step('weights', async ({ session }) => {
      session.actions.loadWeights(FILE);
      await FILE.arrayBuffer();
    }),
  ),
  always('drop weights', ({ session }) => session.actions.dropWeights()),
  fc.nat(8).map(
    (index) =>
      new Step(`device ${index} dies`, ({ devices }) => {
        const entry = devices.filter(({ ended, crashed }) => !ended && !crashed)[index];
        if (!entry) return;
        entry.crashed = true;
        entry.device.crash('the walk pulled the plug');
      }),
  ),
  fc.nat(1).map((rank) => new Step(`restart ${rank}`, ({ session }) => session.actions.restart('sil', rank))),
  fc.constantFrom(1, 10, 50).map((turns) => new Step(`wait ${turns}`, (ground) => ground.rest(turns))),
  fc.constantFrom(100, 300).map((turns) => new Step(`wait ${turns}`, (ground) => ground.rest(turns))),
];

const unhandled: unknown[] = [];
const note = (error: unknown) => void unhandled.push(error);

beforeAll(async () => {
  process.on('unhandledRejection', note);
  for (const link of [LINK, LINK.replace('mnist', 'emnist-digits')]) {
    const ground = new Ground(link, { prompt: true });
    await ground.session.ready;
    ground.session.actions.play();
    await until(ground.session, ({ status }) => status === 'finished');
    const state = ground.session.store.getState();
    recordings.push(record(state, new Date(0))!);
    await ground.close();
  }
});
afterAll(() => void process.off('unhandledRejection', note));

const references = new Map<string, ReturnType<typeof curve>>();

/** The whole curve of a strategy, trained by itself from what a run says of itself. */
async function reference(facts: RunFacts, id: StrategyState['id']): Promise<ReturnType<typeof curve>> {
  const own = decode(facts.fragment).experiment;
  const fragment = encode({ ...own, strategies: [id] });
  const key = JSON.stringify([fragment, facts.data.digest, facts.weights, facts.learningRateChanges]);
  const known = references.get(key);
  if (known) return known;
  const ground = new Ground(fragment, { prompt: true });
  const { session } = ground;
  await session.ready;
  if (facts.data.digest === SETS.files.digest) {
    session.actions.dropFiles([]);
    await until(session, ({ dataset }) => dataset!.digest === facts.data.digest);
  }
  if (facts.weights) {
    session.actions.loadWeights(FILE);
    await until(session, ({ weights }) => weights !== null);
  }
  for (const { step, learningRate } of facts.learningRateChanges) {
    while ((session.store.getState().strategies[id]?.step ?? 0) < step) {
      const before = session.store.getState().strategies[id]!.step;
      session.actions.step();
      await until(session, ({ status, strategies }) => status !== 'running' && strategies[id]!.step > before);
    }
    session.actions.change({ learningRate });
  }
  session.actions.play();
  await until(session, ({ status }) => status === 'finished');
  const made = curve(session.store.getState().strategies[id]!);
  references.set(key, made);
  await ground.close();
  return made;
}

/** From wherever a walk has come to it must be possible to train to the end, or to hear why not. */
async function end(ground: Ground): Promise<void> {
  const { store, actions } = ground.session;
  // A set that was chosen comes first: it puts aside what trains.
  do {
    ground.answerAll();
    await ground.rest(2);
  } while (ground.waits);
  actions.play();
  do {
    ground.answerAll();
    await ground.rest(1);
    checkNow(ground);
  } while (isGoing(store.getState().status));
  const { status, data, notices } = store.getState();
  if (data.status === 'failed') expect(notices.length, status).toBeGreaterThan(0);
  else expect(['finished', 'failed']).toContain(status);
}

it(`holds through ${WALKS} walks`, async () => {
  let trained = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.commands(STEPS, { maxCommands: 24, size: 'max' }),
      fc.boolean(),
      fc.boolean(),
      async (steps, prompt, toTheEnd) => {
        const ground = new Ground(LINK, { prompt });
        const { session } = ground;
        try {
          // Some walks begin at once, some with data and engine there.
          if (prompt) await session.ready;
          await fc.asyncModelRun(() => ({ model: {}, real: ground }), steps);
          if (toTheEnd) await end(ground);
          const { run, strategies } = session.store.getState();
          const made = Object.values(strategies).map((strategy) => ({
            id: strategy.id,
            points: curve(strategy),
          }));
          await ground.close();
          for (const { id, points } of run ? made : []) {
            if (points.length < 2) continue;
            trained++;
            const whole = await reference(run!, id);
            expect(points, id).toEqual(whole.filter(({ step }) => points.some((one) => one.step === step)));
          }
        } finally {
          await ground.close();
        }
        expect(ground.devices.filter(({ ended, crashed }) => !ended && !crashed)).toEqual([]);
        expect(unhandled).toEqual([]);
      },
    ),
    { seed: SEED, numRuns: WALKS, endOnFailure: false },
  );
  // Walks that never train would hold anything.
  expect(trained).toBeGreaterThan(WALKS / 10);
});
