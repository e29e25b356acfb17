import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { madeUpFiles } from '../data/testing.ts';
import { inProcessSpawner } from '../devices/in-process.ts';
import { ENGINES } from '../engines/registry.ts';
import { savedAs } from '../export/safetensors/testing.ts';
import { writeSafetensors } from '../export/safetensors/write.ts';
import { initialParameters } from '../network/initialise.ts';
import { denseNetwork } from '../network/spec.ts';
import { unflattenParameters, shapeOf } from '../network/layers/layers.ts';
import { planSweep } from '../session/study/ask.ts';
import { NOTHING_KEPT } from '../session/study/kept.ts';
import { nameOf } from '../session/study/run-grid.ts';
import { createSweeper, resultsOf } from '../session/study/sweep.ts';
import { closeSessions, readySession, trainedSession } from '../session/testing.ts';
import { PROGRAMS } from '../strategies/programs.ts';
import { csvOfLab, jsonOf, runLab, type LabProgress } from './lab.ts';
import { loadData } from './load-data.ts';
import { tableOf } from './table.ts';

// One thread each: what they need for themselves would depend on the machine.
const LINK =
  'data=mnist&layers=16,12,16&cuts=2&batch=20&epochs=3&turn=4&test=0&seed=7&strategies=conventional,sil,model&threads=1';

let folder: string;
let data: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'piecewise-lab-'));
  data = join(folder, 'data');
  const { mkdir } = await import('node:fs/promises');
  await mkdir(data);
  for (const [name, bytes] of await madeUpFiles('mnist')) await writeFile(join(data, name), bytes);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

afterEach(closeSessions);

const going = new AbortController().signal;
const study = (more: Partial<Parameters<typeof runLab>[0]> = {}, signal = going) =>
  runLab({ link: LINK, sweeps: [], seeds: 1, data, engine: 'cpu', out: null, ...more }, signal, () => {});

/** What must repeat: everything but times. */
const repeatable = (lab: Awaited<ReturnType<typeof study>>) =>
  lab.results.map(({ cell, seeds, strategies }) => ({
    fragment: cell.fragment,
    seeds,
    strategies: Object.entries(strategies).map(([id, { accuracy, memory, traffic, flops }]) => ({
      id,
      accuracy,
      memory,
      traffic,
      flops,
    })),
  }));

describe('the lab', () => {
  it('finds what the page finds for the same link, engine and data', async () => {
    const lab = await study();
    const { state: page } = await trainedSession(LINK, await loadData(data, 'mnist'));
    for (const [id, strategy] of Object.entries(lab.results[0].strategies)) {
      const state = page.strategies[id as 'sil']!;
      expect(strategy.accuracy.final).toEqual([state.final!.accuracy]);
      const byClass = state.final!.classAccuracy!;
      expect(strategy.classAccuracy).toEqual(byClass.map((share) => [share]));
      const known = byClass.filter((share) => share !== null);
      expect(strategy.balancedAccuracy.final[0]).toBeCloseTo(
        known.reduce((sum, share) => sum + share, 0) / known.length,
        12,
      );
      const ends = state.points.filter(({ step }) => step > 0 && step % page.stepsPerEpoch === 0);
      expect(strategy.accuracy.byEpoch).toEqual(ends.map(({ testAccuracy }) => [testAccuracy]));
      expect(strategy.flops).toBe(state.points.at(-1)!.flops);
      expect(strategy.memory.map(({ byKind }) => byKind)).toEqual(
        state.devices.map(({ memory }) => memory.peakByKind),
      );
      // What the page draws accuracy over.
      expect(strategy.fullestBytes).toBe(
        Math.max(...state.devices.map(({ memory }) => memory.peak - memory.peakByKind.data)),
      );
    }
    expect(lab.results[0].strategies.sil.traffic.trainingBytes).toBe(0);
    expect(lab.results[0].strategies.model.traffic.trainingBytes).toBeGreaterThan(0);
    expect(jsonOf(lab)).toMatchObject({
      experiment: { seed: 7 },
      data: { train: 120, test: 60 },
      strategies: { conventional: { toReach: { '0.90': [{}], '0.95': [{}], '0.99': [{}] } } },
    });
  });

  it('finds what a sweep in the page finds', async () => {
    const lab = await study({ sweeps: [{ key: 'cuts', values: ['1', '2'] }], seeds: 2 });
    const { session } = await readySession(LINK, await loadData(data, 'mnist'));
    const sweeper = createSweeper({
      ...{ session, kept: () => NOTHING_KEPT, cores: 1 },
      spawn: inProcessSpawner(PROGRAMS, async (id) => ENGINES[id]),
      chooseEngine: async () => ({ id: 'cpu', why: '' }),
      load: (id) => loadData(data, id),
    });
    const { cells, jobs, ...sweep } = planSweep(session.store.getState().experiment, 'cuts:1~2~seeds:2');
    sweeper.start({ cells, jobs, ...sweep });
    await new Promise<void>((resolve) => {
      sweeper.store.subscribe(({ ended }) => ended && resolve());
    });
    const { found } = sweeper.store.getState();
    const results = resultsOf({ cells, jobs }, found, sweeper.datasetOf);
    expect(repeatable({ ...lab, results })).toEqual(repeatable(lab));
    const untimed = (rows: string) => rows.replace(/(,[^,]+){1}(?=,\d+,\d+,\d+,\d+,\d+,)/g, ',');
    expect(untimed(csvOfLab({ ...lab, results }))).toBe(untimed(csvOfLab(lab)));
  });

  it('finds the same with runs side by side, and says how far all have come', async () => {
    const sweeps = [{ key: 'epochs', values: ['1', '2'] }];
    const alone = repeatable(await study({ sweeps, seeds: 2 }));
    const seen: LabProgress[] = [];
    const options = { link: LINK, sweeps, seeds: 2, data, engine: 'cpu', out: null, jobs: 3 } as const;
    const lab = await runLab(options, new AbortController().signal, (one) => seen.push(one));
    expect(repeatable(lab)).toEqual(alone);
    expect(new Set(seen.filter(({ run }) => run === 0).map(({ job }) => nameOf(job))).size).toBe(3);
    expect(Math.max(...seen.map(({ run, share }) => run + share))).toBeLessThanOrEqual(4);
    expect(seen.at(-1)).toMatchObject({ run: 4, share: 0 });
  });

  it('stops all runs with the sentence of the first that fails', async () => {
    const sweeps = [{ key: 'data', values: ['mnist', 'emnist-letters'] }];
    const options = { link: LINK, sweeps, seeds: 1, data, engine: 'cpu', out: null, jobs: 2 } as const;
    await expect(runLab(options, new AbortController().signal, () => {})).rejects.toThrow(/emnist/i);
  });

  it('leaves out runs that fail, says which, and shows the others', async () => {
    const link = `${LINK}&optimizer=sgd&schedule=constant`.replace('epochs=3', 'epochs=1');
    const said: string[] = [];
    const of = (...values: string[]) => {
      const sweeps = [{ key: 'rate', values }];
      const options = { link, sweeps, seeds: 1, data, engine: 'cpu', out: null } as const;
      return runLab(
        options,
        going,
        () => {},
        (line) => said.push(line),
      );
    };
    const lab = await of('10', '0.001');
    expect(lab.failed).toMatch(/^1 of 2 runs failed\. rate=10 seed 7: .*diverged/);
    expect(said).toEqual([expect.stringMatching(/^rate=10 seed 7: .*diverged.* The other runs go on\.$/)]);
    expect(lab.results.map(({ cell }) => cell.settings)).toEqual([{ rate: '0.001' }]);
    expect(csvOfLab(lab).trim().split('\n')).toHaveLength(1 + 3);
    await expect(of('10')).rejects.toThrow(/^1 of 1 run failed\. rate=10 seed 7: /);
  });

  it('goes on after an interrupt and ends as a study run through', async () => {
    const sweeps = [{ key: 'cuts', values: ['1', '2'] }];
    const through = repeatable(await study({ sweeps, seeds: 2 }));
    const out = join(folder, 'kept');
    const controller = new AbortController();
    const stopped = runLab(
      { link: LINK, sweeps, seeds: 2, data, engine: 'cpu', out },
      controller.signal,
      ({ run }) => {
        if (run === 3) controller.abort(new Error('Stopped.'));
      },
    );
    await expect(stopped).rejects.toThrow('Stopped.');
    expect(await readdir(out)).toHaveLength(3);
    const resumed = await study({ sweeps, seeds: 2, out });
    expect(repeatable(resumed)).toEqual(through);
    expect(await readdir(out)).toHaveLength(4);
    // Head and: two experiments, three strategies, two seeds.
    expect(csvOfLab(resumed).trim().split('\n')).toHaveLength(1 + 2 * 3 * 2);
  });

  it('says what denoising blocks reach one after the other', async () => {
    const link = LINK.replace('conventional,sil,model', 'denoising').replace('epochs=3', 'epochs=1');
    const { results } = await study({ link, seeds: 2 });
    const { afterBlocks, accuracy } = results[0].strategies.denoising!;
    expect(afterBlocks).toHaveLength(2);
    expect(afterBlocks![0]).toHaveLength(2);
    expect(afterBlocks![1]).toEqual(accuracy.final);
    const rows = tableOf(results).split('\n');
    expect(rows[2]).toMatch(/^ *after block 1 +\d+\.\d\d% ± /);
    expect(rows).toHaveLength(3);
  });

  it('begins with the weights of a file, in an order that is said where nothing settles it', async () => {
    const layers = denseNetwork(784, [16, 16, 16], 10, 'relu');
    const weights = join(folder, 'mine.safetensors');
    const names = ['in', 'b', 'a', 'out'];
    const tensors = unflattenParameters(layers, initialParameters(layers, 99)).flatMap(
      ({ weights: w, bias }, at) => {
        const { inputs, outputs } = shapeOf(layers[at]);
        const rows = Float32Array.from(w, (_, i) => w[(i % inputs) * outputs + Math.floor(i / inputs)]);
        return [
          [`${names[at]}.weight`, { shape: [outputs, inputs], values: rows }],
          [`${names[at]}.bias`, { shape: [outputs], values: bias }],
        ] as const;
      },
    );
    await writeFile(weights, savedAs(Object.fromEntries(tensors)));
    const link = 'data=mnist&layers=16x3&cuts=&batch=20&epochs=1&test=0&strategies=conventional';
    await expect(study({ link, weights })).rejects.toThrow(/--layer-order 'in,a,b,out'/);
    await expect(study({ link, weights: join(folder, 'none') })).rejects.toThrow(/There is no file/);
    await expect(study({ link: link.replace('16x3', '8'), weights })).rejects.toThrow(
      /mine.safetensors: These weights/,
    );
    let lab: Awaited<ReturnType<typeof study>>;
    const losses = async (layerOrder: string[] | null, file: string | null) => {
      lab = await study({ link, weights: file, layerOrder });
      return lab.results[0].runs[0].strategies.conventional!.points[0].testLoss;
    };
    const flat = join(folder, 'flat.safetensors');
    await writeFile(flat, writeSafetensors(layers, initialParameters(layers, 99), {}));
    const right = await losses(null, flat);
    expect(jsonOf(lab!)).toMatchObject({ weights: { file: flat, layerOrder: ['0', '2', '4', '6'] } });
    expect(await losses(names, weights)).toBe(right);
    const digest = /^[0-9a-f]{64}$/;
    expect(jsonOf(lab!)).toMatchObject({
      weights: { file: weights, firstLayer: 0, layerOrder: names, digest: expect.stringMatching(digest) },
    });
    expect(csvOfLab(lab!)).toMatch(/initial weights[^]*mine.safetensors \([0-9a-f]{16}\)/);
    expect(await losses(['in', 'a', 'b', 'out'], weights)).not.toBe(right);
    expect(await losses(null, null)).not.toBe(right);
    expect(jsonOf(lab!)).not.toHaveProperty('weights');
    expect(csvOfLab(lab!)).toMatch(/,seed,#/);
  });

  it('names the data and the engine of each row of a sweep', async () => {
    const lab = await study({
      link: LINK.replace('epochs=3', 'epochs=1'),
      sweeps: [{ key: 'engine', values: ['cpu', 'tfjs'] }],
    });
    const { grid } = jsonOf(lab) as { grid: { data: { digest: string }; engine: string }[] };
    expect(grid.map(({ engine }) => engine)).toEqual([
      expect.stringMatching(/WebAssembly/),
      expect.stringMatching(/TensorFlow/),
    ]);
    expect(grid.map(({ data: { digest } }) => digest.length)).toEqual([64, 64]);
    expect(csvOfLab(lab)).toMatch(/WebAssembly[^]*TensorFlow/);
  });

  it('says what is wrong with links and data', async () => {
    await expect(study({ link: 'batch=many' })).rejects.toThrow(/batch/i);
    await expect(study({ data: join(folder, 'nowhere') })).rejects.toThrow(/npm run data/);
    await expect(study({ link: 'data=emnist-letters' })).rejects.toThrow(/emnist-letters|EMNIST Letters/);
  });
});
