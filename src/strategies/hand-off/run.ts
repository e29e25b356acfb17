import { now } from '../../devices/spans.ts';
import { learningRatesBetween } from '../../experiment/schedule.ts';
import type { RunContext, TurnReport, TurnRequest } from '../contract.ts';
import { STAGE } from '../exchange/run.ts';
import { HeadedRun } from '../heads/run.ts';
import { imageFeed } from '../balance.ts';
import { imagesOf } from '../images.ts';
import type { RunDevice } from '../open-devices.ts';
import { together } from '../together.ts';
import { segmentsOf, type Segment } from './course.ts';
import type { HandOffTurnResult } from './train.ts';

/** FLOPs of a partition: of a step with its head, and of running all training images through it once. */
export interface PartFlops {
  readonly step: number;
  readonly handOver: number;
}

export class HandOffRun extends HeadedRun {
  private readonly flops: readonly PartFlops[];

  constructor(context: RunContext, devices: readonly RunDevice[], flops: readonly PartFlops[]) {
    super(context, devices, 0);
    this.flops = flops;
  }

  override async turn(request: TurnRequest): Promise<TurnReport> {
    if (this.joined) return super.turn(request);
    const { stepsPerEpoch, totalSteps } = this.context.plan;
    const { length: partitions } = this.stages;
    const { turn, onProgress } = request;
    const done = this.stages.map(() => ({ loss: 0, steps: 0, ms: 0 }));
    const started = now();
    let [flops, taken] = [0, 0];
    for (const segment of segmentsOf(turn, { partitions, stepsPerEpoch, totalSteps })) {
      const { rank, turn: own } = segment;
      // Of the run's own steps, which are as many times fewer.
      const before = taken;
      const tell = (steps: number) => Math.floor((before + steps) / partitions);
      for (const other of this.devices) {
        if (other.rank !== rank) onProgress({ rank: other.rank, steps: tell(0), loss: NaN, done: true });
      }
      const stop = this.devices[rank].onProgress((progress) =>
        onProgress({ ...progress, steps: tell(progress.steps) }),
      );
      const { loss, ms } = await this.train(segment, request.learningRate).finally(stop);
      const steps = own.to - own.from;
      taken += steps;
      flops += steps * this.flops[rank].step;
      const sum = done[rank];
      sum.loss = (sum.loss * sum.steps + loss * steps) / (sum.steps + steps);
      sum.steps += steps;
      sum.ms += ms;
      if (!segment.ends) continue;
      if (rank < partitions - 1) {
        sum.ms += await this.handOver(rank, started);
        flops += this.flops[rank].handOver;
      } else await this.alone(rank, (device, job) => device.run('forgetActivations', undefined, job));
    }
    const last = done[partitions - 1];
    return {
      loss: last.steps > 0 ? last.loss : null,
      ms: done.reduce((sum, { ms }) => sum + ms, 0),
      ranks: done.map((one) => (one.steps > 0 ? one : { ...one, loss: NaN })),
      flops,
    };
  }

  /** One partition trains at a time, so that weights read together are those of one moment. */
  override async parameters(): Promise<Float32Array<ArrayBuffer>> {
    if (this.joined) return super.parameters();
    return this.flat(await Promise.all(this.devices.map(({ remote }) => remote.readParameters(STAGE))));
  }

  private train({ rank, turn }: Segment, learningRate: number): Promise<HandOffTurnResult> {
    const { experiment, data, plan } = this.context;
    const { batch, schedule } = experiment;
    const { labels } = data.train;
    const feed = imageFeed(this.context, turn, turn.epoch);
    return this.alone(rank, (device, job) =>
      device.run(
        'trainHandOff',
        {
          stage: STAGE,
          head: this.headOn(rank),
          batch,
          feed,
          targets: Uint8Array.from(imagesOf(feed, batch), (image) => labels[image]),
          learningRates: learningRatesBetween(schedule, learningRate, turn.from, turn.to, plan.totalSteps),
        },
        job,
      ),
    );
  }

  /** @returns Milliseconds that the finished partition worked for it. */
  private async handOver(rank: number, since: number): Promise<number> {
    const samples = this.context.data.train.count;
    const pair = this.devices.slice(rank, rank + 2);
    const [ms] = await together(pair, async (device, job) => {
      if (device.rank === rank)
        return device.run('giveActivations', { stage: STAGE, to: rank + 1, samples }, job);
      await device.run('takeActivations', { stage: STAGE, from: rank, samples, since }, job);
      return 0;
    });
    return ms;
  }

  private async alone<T>(rank: number, task: (device: RunDevice, job: number) => Promise<T>): Promise<T> {
    return (await together([this.devices[rank]], task))[0];
  }
}
