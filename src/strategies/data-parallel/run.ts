import { chunkOf } from '../../devices/collectives/ring.ts';
import { loadImages } from '../../devices/load-images.ts';
import type { Split, StageSpec } from '../../engines/contract.ts';
import { trainingFlops } from '../../experiment/cost/stage.ts';
import type { EvaluationReport, TurnRequest } from '../contract.ts';
import { ExchangeRun, STAGE } from '../exchange/run.ts';
import type { ExchangeTurnResult } from '../exchange/turn-result.ts';
import { scoreReport } from '../exchange/score.ts';
import { weighing } from '../balance.ts';
import { imageSource, type ImageFeed } from '../images.ts';
import type { RunDevice } from '../open-devices.ts';
import { startParameters } from '../start.ts';

export class DataParallelRun extends ExchangeRun {
  protected readonly flopsPerStep = trainingFlops(
    this.context.plan.network,
    this.context.experiment.batch,
    false,
  );

  async build(): Promise<void> {
    const { data, experiment, plan } = this.context;
    const spec: StageSpec = {
      layers: plan.network,
      parameters: await startParameters(this.context, plan.network, plan.initScales),
      batch: Math.ceil(experiment.batch / this.devices.length),
      optimizer: experiment.optimizer,
      decay: experiment.decay,
      source: imageSource(data),
      objective: { kind: 'classes', classes: data.classes },
      ...weighing(this.context),
      training: 'exchange',
    };
    await this.together(async (device) => {
      await device.remote.build(STAGE, spec);
      // Every epoch shuffles all images, so that each device may need any of them.
      for (const split of ['train', 'test'] as const) await loadImages(device, STAGE, split, data[split]);
    });
  }

  /** Every replica looks at its share of the images; only numbers go to the page. */
  async evaluate(split: Split, order: Uint32Array): Promise<EvaluationReport> {
    const started = performance.now();
    const { labels } = this.context.data[split];
    const scores = await this.together(async (device, job) => {
      const share = order.slice(...chunkOf(order.length, this.devices.length, device.rank));
      const targets = Uint8Array.from(share, (image) => labels[image]);
      return device.run('evaluateReplica', { stage: STAGE, split, order: share, targets }, job);
    });
    return scoreReport(scores, performance.now() - started);
  }

  /** All replicas are equal: the first one's will do. */
  parameters(): Promise<Float32Array<ArrayBuffer>> {
    return this.devices[0].remote.readParameters(STAGE);
  }

  protected trainRank(
    device: RunDevice,
    job: number,
    { learningRates }: TurnRequest,
    feed: ImageFeed,
  ): Promise<ExchangeTurnResult> {
    return device.run(
      'trainReplica',
      {
        stage: STAGE,
        ranks: this.devices.map(({ rank }) => rank),
        batch: this.context.experiment.batch,
        feed,
        learningRates,
      },
      job,
    );
  }
}
