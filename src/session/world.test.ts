/** Moves without devices, workers or waiting: thousands of worlds a second. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../data/dataset.ts';
import type { DatasetId } from '../experiment/datasets.ts';
import { DEFAULTS } from '../experiment/table.ts';
import { madeUpDataset } from '../data/testing.ts';
import * as worlds from './world.ts';

interface FakeRun extends worlds.RunInHand {
  readonly id: number;
  readonly seed: number;
}
type World = worlds.World<FakeRun>;

const small = madeUpDataset({ train: 20, test: 10, side: 28 });
const SETS: Partial<Record<DatasetId, Dataset>> = {
  mnist: small,
  'emnist-digits': { ...small, id: 'emnist-digits', digest: 'digits' },
};

const begin = (): World => ({
  experiment: { ...DEFAULTS, data: 'mnist' },
  extras: {},
  weights: null,
  shown: null,
  past: [],
  future: [],
  dataset: small,
  data: { status: 'ready', dataset: small },
  chosen: null,
  wish: null,
  notices: [],
  said: 0,
});

let ids = 0;
/** What a session does once everything is there. */
const open = (world: World): World =>
  world.shown || !worlds.dataSettled(world)
    ? world
    : worlds.opened(world, {
        id: ++ids,
        seed: world.experiment.seed,
        dataset: world.dataset!,
        done: false,
      });

const why = () => 'changed';
const recording = { kind: 'recording', origin: { machine: '', date: '', data: '' }, strategies: {} } as const;

const anyMove: fc.Arbitrary<(world: World) => World> = fc.oneof(
  fc.nat(3).map((seed) => (world: World) => worlds.change(world, { ...world.experiment, seed }, why)),
  fc
    .constantFrom(1e-3, 1e-2)
    .map(
      (learningRate) => (world: World) => worlds.change(world, { ...world.experiment, learningRate }, why),
    ),
  fc
    .constantFrom<DatasetId>('mnist', 'emnist-digits')
    .map((data) => (world: World) => worlds.change(world, { ...world.experiment, data }, why)),
  fc
    .constantFrom<DatasetId>('mnist', 'emnist-digits')
    .map((id) => (world: World) => worlds.arrived(worlds.choose(world, id), SETS[id]!)),
  fc.constantFrom<(world: World) => World>(
    (world) => worlds.arrived(world, SETS[world.experiment.data]!),
    (world) => worlds.notArrived(world, 'files', { message: 'no', cancelled: false }),
    worlds.reset,
    (world) => worlds.undo(world),
    worlds.redo,
    (world) =>
      worlds.showRecording(world, { ...DEFAULTS, data: 'emnist-digits', seed: 9 }, recording, undefined),
    (world) => open(worlds.ask(world, 'play')),
    worlds.withdraw,
    open,
  ),
);

describe('a world', () => {
  it('keeps its own word through any moves', () => {
    fc.assert(
      fc.property(fc.array(anyMove, { maxLength: 30, size: 'max' }), (moves) => {
        let world = begin();
        for (const move of moves) {
          const before = world;
          world = worlds.letGo(move(world));
          const run = worlds.runOf(world);
          if (run) {
            expect(world.experiment.seed).toBe(run.seed);
            expect(world.dataset).toBe(run.dataset);
            expect(world.experiment.data).toBe(run.dataset.id);
          }
          const aside = [...worlds.referenced(world)].filter((one) => one !== run);
          expect(aside.length).toBeLessThanOrEqual(1);
          // A run is never lost by the move that puts it aside.
          const put = worlds.runOf(before);
          if (put && put !== run) expect(aside).toContain(put);
        }
      }),
      { seed: 27, numRuns: 5000 },
    );
  });

  it('is as it was after a step back and forth', () => {
    fc.assert(
      fc.property(fc.array(anyMove, { maxLength: 12 }), (moves) => {
        const world = moves.reduce((one, move) => worlds.letGo(move(one)), begin());
        if (world.past.length === 0) return;
        const again = worlds.redo(worlds.undo(world));
        // By identity: worlds refer to megabytes of images.
        expect(again.experiment).toBe(world.experiment);
        expect(again.shown).toBe(world.shown);
        expect([again.past.length, again.future.length]).toEqual([world.past.length, world.future.length]);
      }),
      { seed: 28, numRuns: 2000 },
    );
  });

  it('takes a slider that is dragged for one change, and brings back the run that it put aside', () => {
    let world = open(begin());
    const run = worlds.runOf(world);
    for (const seed of [5, 6, 7]) world = worlds.change(world, { ...world.experiment, seed }, why);
    expect(world.past).toHaveLength(1);
    expect(worlds.runOf(worlds.undo(world))).toBe(run);
  });

  it('goes back and forth in what was asked, and not in how it is looked at', () => {
    const seeded = worlds.change(open(begin()), { ...DEFAULTS, data: 'mnist', seed: 5 }, why);
    const swept = worlds.setExtra(worlds.setExtra(seeded, 'sweep', 'cuts:1'), 'sweep', 'cuts:1~2');
    expect(worlds.undo(worlds.setExtra(swept, 'sweep', undefined)).extras).toEqual(swept.extras);
    const looked = worlds.setExtra(worlds.setExtra(swept, 'view', 'runs'), 'chart', 'log.y');
    const look = { view: 'runs', chart: 'log.y' };
    const back = worlds.undo(looked);
    expect([back.experiment.seed, back.extras]).toEqual([5, look]);
    const further = worlds.undo(back);
    expect([further.experiment.seed, further.extras]).toEqual([DEFAULTS.seed, look]);
    expect(worlds.runOf(further)).not.toBeNull();
    const again = worlds.redo(worlds.redo(worlds.setExtra(further, 'view', undefined)));
    expect([again.experiment.seed, again.extras]).toEqual([5, { sweep: 'cuts:1~2', chart: 'log.y' }]);
  });

  it('speaks of the seed’s own weights only where others were, or a run is put aside', () => {
    const put = (world: World) => worlds.giveWeights(world, null, 'the seed’s own');
    expect(put(begin()).notices).toEqual([]);
    const [notice] = put(open(begin())).notices;
    expect(notice).toMatchObject({ message: 'the seed’s own', undoTo: 0 });
  });

  it('goes back to before a notice was given, whatever was changed since', () => {
    let world = open(begin());
    const run = worlds.runOf(world);
    world = worlds.change(world, { ...world.experiment, seed: 5 }, why);
    const { undoTo } = world.notices.at(-1)!;
    world = worlds.change(world, { ...world.experiment, epochs: 7 }, why);
    expect(worlds.runOf(worlds.undo(world, undoTo))).toBe(run);
  });
});
