import type { TurnRequest } from '../contract.ts';
import type { ExchangeTurnResult } from '../exchange/turn-result.ts';
import { STAGE } from '../exchange/run.ts';
import { HeadedRun } from '../heads/run.ts';
import { imagesOf, type ImageFeed } from '../images.ts';
import type { RunDevice } from '../open-devices.ts';

export class LocalLossesRun extends HeadedRun {
  protected override trainRank(
    device: RunDevice,
    job: number,
    request: TurnRequest,
    feed: ImageFeed,
  ): Promise<ExchangeTurnResult> {
    if (this.joined) return super.trainRank(device, job, request, feed);
    const { experiment, data } = this.context;
    const { labels } = data.train;
    return device.run(
      'trainLocalLosses',
      {
        stage: STAGE,
        head: this.headOn(device.rank),
        ranks: this.stages.map(({ rank }) => rank),
        batch: experiment.batch,
        lag: experiment.lag,
        feed,
        targets: Uint8Array.from(imagesOf(feed, experiment.batch), (image) => labels[image]),
        learningRates: request.learningRates,
      },
      job,
    );
  }
}
