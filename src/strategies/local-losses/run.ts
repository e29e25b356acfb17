import { outputShape } from '../../network/layers/layers.ts';
import type { RunContext, TurnRequest } from '../contract.ts';
import type { ExchangeTurnResult } from '../exchange/turn-result.ts';
import { STAGE } from '../exchange/run.ts';
import { headOf, headParameters } from '../heads/head.ts';
import { imagesOf, type ImageFeed } from '../images.ts';
import type { RunDevice } from '../open-devices.ts';
import { StagedRun, type StagePlan } from '../staged/run.ts';

const HEAD = 'head';

export class LocalLossesRun extends StagedRun {
  constructor(
    context: RunContext,
    devices: readonly RunDevice[],
    stages: readonly StagePlan[],
    flopsPerStep: number,
  ) {
    super(context, devices, stages, flopsPerStep, { microBatches: 1, schedule: '1f1b', gradients: false });
  }

  override async build(parameters: readonly Float32Array[]): Promise<void> {
    await super.build(parameters);
    const { data, experiment } = this.context;
    const { batch, optimizer, decay, seed, initScale } = experiment;
    await this.together(async ({ rank, remote }) => {
      if (rank === this.stages.length - 1) return;
      const { layers } = this.stages[rank];
      const head = headOf(layers, data.classes);
      await remote.build(HEAD, {
        layers: head,
        parameters: headParameters(head, { seed, stage: rank, initScale }),
        batch,
        optimizer,
        decay,
        source: { kind: 'activations', shape: outputShape(layers) },
        objective: { kind: 'classes', classes: data.classes },
        training: 'exchange',
      });
    });
  }

  protected override trainRank(
    device: RunDevice,
    job: number,
    { learningRates }: TurnRequest,
    feed: ImageFeed,
  ): Promise<ExchangeTurnResult> {
    const { experiment, data } = this.context;
    const { labels } = data.train;
    return device.run(
      'trainLocalLosses',
      {
        stage: STAGE,
        head: device.rank < this.stages.length - 1 ? HEAD : null,
        ranks: this.stages.map(({ rank }) => rank),
        batch: experiment.batch,
        lag: experiment.lag,
        feed,
        targets: Uint8Array.from(imagesOf(feed, experiment.batch), (image) => labels[image]),
        learningRates,
      },
      job,
    );
  }
}
