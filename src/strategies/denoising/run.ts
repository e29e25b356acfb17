import { newJob } from '../../devices/device.ts';
import { keepImages } from '../../devices/load-images.ts';
import type { Split } from '../../engines/contract.ts';
import { inputShape, type LayerSpec } from '../../network/layers/layers.ts';
import { streamKey } from '../../network/random.ts';
import { ApartRun, type Done, type RankTurn } from '../apart/run.ts';
import { imageFeed, weighing } from '../balance.ts';
import { classShares } from '../by-class.ts';
import type { EvaluationReport, RunContext, StrategyRun } from '../contract.ts';
import { joined } from '../flat.ts';
import type { RunDevice } from '../open-devices.ts';
import { together } from '../together.ts';
import type { Reading } from './train.ts';

/** What one device holds and trains. */
export interface Block {
  readonly layers: readonly LayerSpec[];
  readonly parameters: Float32Array;
  /** Standard deviation of the noise it takes away. */
  readonly noise: number;
  readonly flopsPerStep: number;
}

const BLOCK = 'block';

export class DenoisingRun extends ApartRun implements StrategyRun {
  private readonly blocks: readonly Block[];

  constructor(context: RunContext, blocks: readonly Block[], devices: readonly RunDevice[]) {
    super(context, devices);
    this.blocks = blocks;
  }

  protected async place(rank: number): Promise<void> {
    const { data, experiment } = this.context;
    const { batch, optimizer, decay } = experiment;
    const { layers, parameters } = this.blocks[rank];
    const device = this.devices[rank];
    await device.remote.build(BLOCK, {
      layers,
      parameters,
      batch,
      optimizer,
      decay,
      source: { kind: 'activations', shape: inputShape(layers), gradient: false },
      objective: { kind: 'classes', classes: data.classes },
      ...weighing(this.context),
      training: 'exchange',
    });
    // Each block reads every image, also to be asked about it.
    for (const split of ['train', 'test'] as const) await keepImages(device, split, data[split]);
  }

  protected async train(rank: number, { phase, turn, learningRates }: Done): Promise<RankTurn> {
    const { experiment, plan } = this.context;
    const { batch, epochs, seed } = experiment;
    const recovers = phase === 'recovery';
    const result = await this.devices[rank].run(
      'trainDenoising',
      {
        ...this.reading(rank),
        batch,
        feed: imageFeed(this.context, turn, recovers ? epochs + turn.epoch : turn.epoch),
        step: recovers ? plan.totalSteps + turn.from : turn.from,
        noiseKey: streamKey(seed, 'denoising', rank),
        learningRates,
      },
      newJob(),
    );
    return { ...result, flops: result.steps * this.blocks[rank].flopsPerStep };
  }

  async evaluate(split: Split, order: Uint32Array): Promise<EvaluationReport> {
    const started = performance.now();
    const { length: count } = this.devices;
    const scores = await together(this.devices, (device, job) =>
      device.run('evaluateDenoising', { ...this.reading(device.rank), count, split, order }, job),
    );
    const { correct, loss, byClass } = scores[count - 1];
    return {
      accuracy: correct / order.length,
      classAccuracy: classShares([byClass]),
      loss: loss / order.length,
      count: order.length,
      nearestLabel: scores.slice(0, -1).map((score) => score.correct / order.length),
      deadUnits: [],
      ms: performance.now() - started,
    };
  }

  /** Blocks are never one network: in recovery epochs they train on, each by itself. */
  async beginRecovery(): Promise<void> {}

  async parameters(): Promise<Float32Array<ArrayBuffer>> {
    return joined(await Promise.all(this.devices.map(({ remote }) => remote.readParameters(BLOCK))));
  }

  private reading(rank: number): Reading {
    const { pixels, scale, shift } = this.context.data;
    return { stage: BLOCK, pixels, scale, shift, noise: this.blocks[rank].noise };
  }
}
