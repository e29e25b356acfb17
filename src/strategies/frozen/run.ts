import { newJob } from '../../devices/device.ts';
import { loadImages } from '../../devices/load-images.ts';
import type { Split, StageSpec } from '../../engines/contract.ts';
import { countParameters, inputShape } from '../../network/layers/layers.ts';
import { weighing } from '../balance.ts';
import type { EvaluationReport, RunContext, TurnRequest } from '../contract.ts';
import { ExchangeRun } from '../exchange/run.ts';
import { scoreReport } from '../exchange/score.ts';
import type { ExchangeTurnResult } from '../exchange/turn-result.ts';
import { joined } from '../flat.ts';
import { imageSource, imagesOf, type ImageFeed } from '../images.ts';
import type { RunDevice } from '../open-devices.ts';
import { frozenParts } from './parts.ts';
import type { FrozenStages } from './train.ts';

const STAGES: FrozenStages = { front: 'front', rest: 'rest' };

/** One device with two stages: the front only ever goes forward, so that it needs no gradients and no optimizer state. */
export class FrozenRun extends ExchangeRun {
  protected readonly flopsPerStep: number;
  /** Parameters of the front, flat: they stay what they are. */
  private front: Float32Array = new Float32Array(0);

  constructor(context: RunContext, devices: readonly RunDevice[], flopsPerStep: number) {
    super(context, devices);
    this.flopsPerStep = flopsPerStep;
  }

  /** @param parameters Initial parameters of the whole network, flat. */
  async build(parameters: Float32Array): Promise<void> {
    const { data, experiment, plan } = this.context;
    const { front, rest } = frozenParts(plan);
    const { batch, optimizer, decay } = experiment;
    const fixed = countParameters(front);
    this.front = parameters.slice(0, fixed);
    const [device] = this.devices;
    const about: Pick<StageSpec, 'batch' | 'optimizer' | 'decay'> = { batch, optimizer, decay };
    await device.remote.build(STAGES.front, {
      ...about,
      layers: front,
      parameters: new Float32Array(0),
      source: imageSource(data),
      objective: null,
      training: 'gathered',
    });
    await device.run('holdFront', { stage: STAGES.front, parameters: this.front }, newJob());
    await device.remote.build(STAGES.rest, {
      ...about,
      layers: rest,
      parameters: parameters.slice(fixed),
      source: { kind: 'activations', shape: inputShape(rest) },
      objective: { kind: 'classes', classes: data.classes },
      ...weighing(this.context),
      training: 'exchange',
    });
    for (const split of ['train', 'test'] as const)
      await loadImages(device, STAGES.front, split, data[split]);
  }

  async evaluate(split: Split, order: Uint32Array): Promise<EvaluationReport> {
    const started = performance.now();
    const { labels } = this.context.data[split];
    const targets = Uint8Array.from(order, (image) => labels[image]);
    const scores = await this.together((device, job) =>
      device.run('evaluateFrozen', { ...STAGES, split, order, targets }, job),
    );
    return scoreReport(scores, performance.now() - started);
  }

  async parameters(): Promise<Float32Array<ArrayBuffer>> {
    const [rest] = await this.atOneStep(({ remote }) => remote.readParameters(STAGES.rest));
    return joined([this.front, rest]);
  }

  protected trainRank(
    device: RunDevice,
    job: number,
    { learningRates }: TurnRequest,
    feed: ImageFeed,
  ): Promise<ExchangeTurnResult> {
    const { experiment, data } = this.context;
    const { batch } = experiment;
    const { labels } = data.train;
    const targets = Uint8Array.from(imagesOf(feed, batch), (image) => labels[image]);
    return device.run('trainFrozen', { ...STAGES, batch, feed, targets, learningRates }, job);
  }
}
