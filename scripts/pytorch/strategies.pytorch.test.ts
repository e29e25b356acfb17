import { beforeAll, describe, expect, it } from 'vitest';
import { DATASETS } from '../../src/experiment/datasets.ts';
import { countParameters, inputSize, outputSize } from '../../src/network/layers/layers.ts';
import { plan } from '../../src/experiment/plan.ts';
import {
  countedBy,
  expectAgreement,
  experimentOf,
  rightOf,
  type Said,
  SET,
  STEPS_PER_EPOCH,
  TRAIN,
  Workplace,
} from './testing.ts';

const EPOCHS = 4;
const LINK = `layers=48x4&batch=128&epochs=${EPOCHS}&recovery=1&recovery-rate=0.001&mix=mixtures&noise=0.5&code=sparse&seed=3`;
const STEPS = STEPS_PER_EPOCH * (EPOCHS + 1);

const place = new Workplace();

describe.each([
  { cuts: [2], microBatch: 4 },
  { cuts: [2, 3], microBatch: 3 },
])('cut after $cuts', ({ cuts, microBatch }) => {
  const processes = String(cuts.length + 1);
  const link = `${LINK}&cuts=${cuts.join()}&micro=${microBatch}&strategies=conventional,sil,data,fsdp,pipeline,local,handoff`;
  const layers = () => plan(experimentOf(link), { ...DATASETS[SET].shape, trainCount: TRAIN }).network;
  const parameters = () => countParameters(layers());
  const file = place.exportedFirst(link);
  let lab: Awaited<ReturnType<Workplace['lab']>>;
  beforeAll(async () => {
    lab = await place.lab(link);
  });

  const agrees = (said: Said, way: keyof typeof lab) =>
    expectAgreement(said, lab[way], `${way}, ${processes} processes`);
  const quiet = { code: 0, err: '' };

  it('SIL: trains without a message, and equals the lab, recovery included', async () => {
    const said = await place.run(file, '--processes', processes);
    expect(said).toMatchObject(quiet);
    agrees(said, 'sil');
    const counted = countedBy(said);
    // Rank 0 speaks twice: of its partition and of the recovery, which is alone.
    expect(counted).toHaveLength(cuts.length + 2);
    expect(counted.map(({ messages, bytes }) => messages + bytes)).toEqual(counted.map(() => 0));
    expect(counted.at(-1)!.steps).toBe(STEPS_PER_EPOCH * EPOCHS);
    expect(lab.sil.traffic.trainingBytes).toBe(0);
  });

  it('SIL: one partition a process and no group at all, joined from the files, is the same to the image', async () => {
    const together = await place.run(file, '--processes', processes, '--parts', 'together');
    for (let part = cuts.length + 1; part >= 1; part--) {
      const said = await place.run(file, '--part', String(part), '--parts', 'apart');
      expect(said).toMatchObject(quiet);
      expect(countedBy(said)).toMatchObject([{ messages: 0, bytes: 0 }]);
    }
    const joined = await place.run(file, '--join', '--parts', 'apart');
    expect(joined).toMatchObject(quiet);
    expect(rightOf(joined)).toBe(rightOf(together));
  });

  it('DDP: every parameter is reduced once a step', async () => {
    const said = await place.run(file, '--strategy', 'data', '--processes', processes);
    expect(said).toMatchObject(quiet);
    agrees(said, 'data');
    // A ring of n devices sends 2 (n − 1) / n of what is reduced from each device: the lab counts what it sends.
    const n = cuts.length + 1;
    const reduced = 4 * parameters() * STEPS;
    expect(countedBy(said).map(({ bytes }) => bytes)).toEqual(Array.from({ length: n }, () => reduced));
    expect(lab.data.traffic.trainingBytes).toBe(2 * (n - 1) * reduced);
  });

  it('fully_shard: every parameter is gathered to be used, and its gradient scattered', async () => {
    const said = await place.run(file, '--strategy', 'fsdp', '--processes', processes);
    expect(said).toMatchObject(quiet);
    agrees(said, 'fsdp');
    const n = cuts.length + 1;
    // A rank's shard of a layer is whole rows, [outputs / n, inputs] and as many biases; the last row may be filling. It gives
    // its shard to two gatherings a step, for the way forward and the way back, and n shards of a gradient to a scattering.
    const shards = layers().reduce(
      (sum, layer) => sum + Math.ceil(outputSize([layer]) / n) * (inputSize([layer]) + 1),
      0,
    );
    expect(countedBy(said)).toMatchObject(
      Array.from({ length: n }, () => ({
        messages: 3 * layers().length * STEPS,
        bytes: 4 * shards * (2 + n) * STEPS,
      })),
    );
    // The lab's ring sends every number n − 1 times in each of the three, and no filling.
    expect(lab.fsdp.traffic.trainingBytes).toBe(3 * (n - 1) * 4 * parameters() * STEPS);
  });

  it.each(['gpipe', '1f1b'])(
    '%s: activations forward, gradients back, the short batch too',
    async (schedule) => {
      const other = await place.exported(`${link}&pipeline=${schedule}`);
      const said = await place.run(other, '--strategy', 'pipeline', '--processes', processes);
      expect(said).toMatchObject(quiet);
      agrees(said, 'pipeline');
      // Batches are filled up to whole micro-batches, the short one to a full one. And PyTorch agrees on how it works: a
      // vote of 4 bytes over each cut and back, before the first step.
      const filled = Math.ceil(128 / microBatch) * microBatch;
      const over = 4 * filled * 48 * STEPS;
      const last = cuts.length;
      expect(countedBy(said)).toMatchObject(
        Array.from({ length: last + 1 }, (_, rank) => {
          const neighbours = rank === 0 || rank === last ? 1 : 2;
          return {
            steps: STEPS,
            messages: neighbours * (microBatch * STEPS + 1),
            bytes: neighbours * (over + 4),
          };
        }),
      );
      // The lab sends no filling.
      expect(lab.pipeline.traffic.trainingBytes).toBe(2 * last * 4 * TRAIN * 48 * (EPOCHS + 1));
    },
  );

  it('local losses: activations forward, nothing back until the recovery', async () => {
    // No lag with two stages, some with three.
    const other = await place.exported(`${link}&lag=${cuts.length - 1}`);
    const said = await place.run(other, '--strategy', 'local', '--processes', processes);
    expect(said).toMatchObject(quiet);
    agrees(said, 'local');
    // Then, while it recovers, a message more on the way back.
    const over = 4 * TRAIN * 48;
    const last = cuts.length;
    const sends = (steps: number, times: number) => ({
      steps,
      messages: times * steps,
      bytes: (times * over * steps) / STEPS_PER_EPOCH,
    });
    expect(countedBy(said)).toMatchObject(
      Array.from({ length: last + 1 }, (_, rank) => [
        sends(STEPS_PER_EPOCH * EPOCHS, rank === last ? 0 : 1),
        sends(STEPS_PER_EPOCH, rank === 0 || rank === last ? 1 : 2),
      ]).flat(),
    );
    expect(lab.local.traffic.trainingBytes).toBe(last * over * (EPOCHS + 2));
  });

  it('one hand-off: every image once over each cut, whatever the epochs; then as a pipeline while it recovers', async () => {
    const said = await place.run(file, '--strategy', 'handoff', '--processes', processes);
    expect(said).toMatchObject(quiet);
    agrees(said, 'handoff');
    const last = cuts.length;
    const over = 4 * TRAIN * 48;
    expect(countedBy(said).map(({ steps, bytes }) => [steps, bytes])).toEqual(
      Array.from({ length: last + 1 }, (_, rank) => [
        [STEPS_PER_EPOCH * EPOCHS, 0],
        [STEPS_PER_EPOCH, (rank === 0 || rank === last ? 1 : 2) * over],
      ]).flat(),
    );
    const handed = [...said.out.matchAll(/handed on (\d+) messages, (\d+) bytes/g)].map(([, ...found]) =>
      found.map(Number),
    );
    expect(handed).toEqual(Array.from({ length: last }, () => [Math.ceil(TRAIN / 512), over]));
    expect(lab.handoff.traffic.trainingBytes).toBe(last * over * (1 + 2));
  });

  it('conventional: one process, the whole network', async () => {
    const said = await place.run(file, '--strategy', 'conventional');
    expect(said).toMatchObject(quiet);
    agrees(said, 'conventional');
    expect(countedBy(said)).toMatchObject([{ steps: STEPS, messages: 0, bytes: 0 }]);
  });
});
