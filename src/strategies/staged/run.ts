import { loadImages } from '../../devices/load-images.ts';
import type { Split, StageSpec } from '../../engines/contract.ts';
import type { PipelineSchedule } from '../../experiment/experiment.ts';
import { inputShape, type LayerSpec } from '../../network/layers/layers.ts';
import { chainReport, evaluateOnChain } from '../chain/report.ts';
import type { EvaluationReport, RunContext, TurnRequest } from '../contract.ts';
import { ExchangeRun, STAGE } from '../exchange/run.ts';
import type { ExchangeTurnResult } from '../exchange/turn-result.ts';
import { weighing } from '../balance.ts';
import { joined } from '../flat.ts';
import { imageSource, imagesOf, type ImageFeed } from '../images.ts';
import type { RunDevice } from '../open-devices.ts';

/** What one device holds. */
export interface StagePlan {
  readonly rank: number;
  readonly firstLayer: number;
  readonly layers: readonly LayerSpec[];
  /** Samples of a micro-batch, at most. */
  readonly batch: number;
  readonly inFlight: number;
}

export interface StagedRunOptions {
  readonly microBatches: number;
  readonly schedule: PipelineSchedule;
  /** Whether gradients go back to the stage before. Default true. */
  readonly gradients?: boolean;
}

export class StagedRun extends ExchangeRun {
  protected flopsPerStep: number;
  protected readonly stages: readonly StagePlan[];
  private readonly options: StagedRunOptions;

  constructor(
    context: RunContext,
    devices: readonly RunDevice[],
    stages: readonly StagePlan[],
    flopsPerStep: number,
    options: StagedRunOptions,
  ) {
    super(context, devices);
    this.stages = stages;
    this.flopsPerStep = flopsPerStep;
    this.options = options;
  }

  /** @param parameters Initial parameters of each stage. */
  async build(parameters: readonly Float32Array[]): Promise<void> {
    await this.together(async (device) => {
      const { rank, remote } = device;
      const spec = this.specOf(rank, this.options.gradients ?? true);
      await remote.build(STAGE, { ...spec, parameters: parameters[rank] });
      await this.loadImages(device);
    });
  }

  /** @param gradients Whether its input's goes back to the stage before. */
  protected specOf(rank: number, gradients: boolean): Omit<StageSpec, 'parameters'> {
    const { data, experiment } = this.context;
    const { layers, batch, inFlight } = this.stages[rank];
    return {
      layers,
      batch,
      optimizer: experiment.optimizer,
      decay: experiment.decay,
      source:
        rank === 0
          ? imageSource(data)
          : { kind: 'activations', shape: inputShape(layers), gradient: gradients },
      ...(rank === this.stages.length - 1
        ? { objective: { kind: 'classes', classes: data.classes }, ...weighing(this.context) }
        : { objective: null }),
      training: 'exchange',
      inFlight,
    };
  }

  /** Images of both splits, onto the first device. */
  protected async loadImages(device: RunDevice): Promise<void> {
    if (device.rank > 0) return;
    const { data } = this.context;
    for (const split of ['train', 'test'] as const) await loadImages(device, STAGE, split, data[split]);
  }

  async evaluate(split: Split, order: Uint32Array): Promise<EvaluationReport> {
    const started = performance.now();
    const scores = await evaluateOnChain(this.devices, STAGE, split, order, this.context.data[split].labels);
    return { ...chainReport(scores), nearestLabel: [], deadUnits: [], ms: performance.now() - started };
  }

  async parameters(): Promise<Float32Array<ArrayBuffer>> {
    return this.flat(await this.atOneStep(({ remote }) => remote.readParameters(STAGE)));
  }

  /** Parameters of all stages, one after the other. */
  protected flat(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
    return joined(parts);
  }

  protected trainRank(
    device: RunDevice,
    job: number,
    { learningRates }: TurnRequest,
    feed: ImageFeed,
  ): Promise<ExchangeTurnResult> {
    const { experiment, data } = this.context;
    const last = device.rank > 0 && device.rank === this.stages.length - 1;
    const { labels } = data.train;
    return device.run(
      'trainStaged',
      {
        stage: STAGE,
        ranks: this.stages.map(({ rank }) => rank),
        batch: experiment.batch,
        microBatches: this.options.microBatches,
        schedule: this.options.schedule,
        feed,
        targets: last
          ? Uint8Array.from(imagesOf(feed, experiment.batch), (image) => labels[image])
          : new Uint8Array(0),
        learningRates,
      },
      job,
    );
  }
}
