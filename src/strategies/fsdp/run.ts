import { chunkOf } from '../../devices/collectives/ring.ts';
import { loadImages } from '../../devices/load-images.ts';
import type { Split } from '../../engines/contract.ts';
import { trainingFlops } from '../../experiment/cost/stage.ts';
import { countParameters, inputShape } from '../../network/layers/layers.ts';
import type { EvaluationReport, TurnRequest } from '../contract.ts';
import { scoreReport } from '../exchange/score.ts';
import { ExchangeRun } from '../exchange/run.ts';
import type { ExchangeTurnResult } from '../exchange/turn-result.ts';
import { weighing } from '../balance.ts';
import { imageSource, imagesOf, type ImageFeed } from '../images.ts';
import type { RunDevice } from '../open-devices.ts';
import { layerName } from './layer.ts';
import { evaluationPieces } from './pieces.ts';
import { startParameters } from '../start.ts';

export class FsdpRun extends ExchangeRun {
  protected readonly flopsPerStep = trainingFlops(
    this.context.plan.network,
    this.context.experiment.batch,
    false,
  );

  async build(): Promise<void> {
    const { data, experiment, plan } = this.context;
    const { network } = plan;
    const all = await startParameters(this.context, network, plan.initScales);
    const last = network.length - 1;
    const size = this.devices.length;
    await this.together(async (device, job) => {
      let offset = 0;
      const parts = network.map((layer) => {
        const length = countParameters([layer]);
        const [start, end] = chunkOf(length, size, device.rank);
        const part = all.slice(offset + start, offset + end);
        offset += length;
        return part;
      });
      await device.run(
        'keepShards',
        { parts, optimizer: experiment.optimizer, decay: experiment.decay },
        job,
      );
      for (const [index, layer] of network.entries()) {
        await device.remote.build(layerName(index), {
          layers: [layer],
          parameters: new Float32Array(0),
          batch: Math.ceil(experiment.batch / size),
          optimizer: experiment.optimizer,
          decay: experiment.decay,
          source: index === 0 ? imageSource(data) : { kind: 'activations', shape: inputShape([layer]) },
          objective: index === last ? { kind: 'classes', classes: data.classes } : null,
          ...(index === last ? weighing(this.context) : {}),
          training: 'gathered',
        });
      }
      // Every epoch shuffles all images, so that each device may need any of them.
      for (const split of ['train', 'test'] as const)
        await loadImages(device, layerName(0), split, data[split]);
    });
  }

  async evaluate(split: Split, order: Uint32Array): Promise<EvaluationReport> {
    const started = performance.now();
    const { labels } = this.context.data[split];
    const { experiment, plan } = this.context;
    const size = this.devices.length;
    const pieces = evaluationPieces(plan.network, Math.ceil(experiment.batch / size), order.length, size);
    const scores = await this.together(async (device, job) => {
      const share = order.slice(...chunkOf(order.length, this.devices.length, device.rank));
      return device.run(
        'evaluateSharded',
        {
          ranks: this.devices.map(({ rank }) => rank),
          layers: this.context.plan.network,
          split,
          order: share,
          targets: Uint8Array.from(share, (image) => labels[image]),
          pieces,
        },
        job,
      );
    });
    return scoreReport(scores, performance.now() - started);
  }

  async parameters(): Promise<Float32Array<ArrayBuffer>> {
    const { network } = this.context.plan;
    const parts = await this.atOneStep(({ remote }) => remote.readShards());
    const all = new Float32Array(countParameters(network));
    let offset = 0;
    network.forEach((_, layer) => {
      for (const part of parts) {
        all.set(part[layer], offset);
        offset += part[layer].length;
      }
    });
    return all;
  }

  protected trainRank(
    device: RunDevice,
    job: number,
    { learningRates }: TurnRequest,
    feed: ImageFeed,
  ): Promise<ExchangeTurnResult> {
    const { experiment, data, plan } = this.context;
    const { labels } = data.train;
    return device.run(
      'trainSharded',
      {
        ranks: this.devices.map(({ rank }) => rank),
        layers: plan.network,
        batch: experiment.batch,
        feed,
        targets: Uint8Array.from(imagesOf(feed, experiment.batch), (image) => labels[image]),
        learningRates,
      },
      job,
    );
  }
}
