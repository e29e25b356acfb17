import { trainingFlops } from '../../experiment/cost/stage.ts';
import { outputShape } from '../../network/layers/layers.ts';
import { weighing } from '../balance.ts';
import type { RunContext } from '../contract.ts';
import { STAGE } from '../exchange/run.ts';
import type { RunDevice } from '../open-devices.ts';
import { StagedRun } from '../staged/run.ts';
import { headOf, headParameters } from './head.ts';

const HEAD = 'head';

/** Stages that learn the classes by a head each. Recovery epochs train them end to end, as model parallelism does. */
export abstract class HeadedRun extends StagedRun {
  /** Once joined, gradients go back through all stages, and no head is left. */
  protected joined = false;

  /** @param flopsPerStep Of the stages and their heads. */
  constructor(context: RunContext, devices: readonly RunDevice[], flopsPerStep: number) {
    const { experiment, plan } = context;
    const stages = plan.stages.map((stage) => ({ ...stage, batch: experiment.batch, inFlight: 1 }));
    super(context, devices, stages, flopsPerStep, { microBatches: 1, schedule: '1f1b', gradients: false });
  }

  /** The name of a rank's head; the last stage has none. */
  protected headOn(rank: number): string | null {
    return rank < this.stages.length - 1 ? HEAD : null;
  }

  override async build(parameters: readonly Float32Array[]): Promise<void> {
    await super.build(parameters);
    const { data, experiment } = this.context;
    const { batch, optimizer, decay, seed, initScale } = experiment;
    await this.together(async ({ rank, remote }) => {
      const name = this.headOn(rank);
      if (!name) return;
      const { layers } = this.stages[rank];
      const head = headOf(layers, data.classes);
      await remote.build(name, {
        layers: head,
        parameters: headParameters(head, { seed, stage: rank, initScale }),
        batch,
        optimizer,
        decay,
        source: { kind: 'activations', shape: outputShape(layers) },
        objective: { kind: 'classes', classes: data.classes },
        ...weighing(this.context),
        training: 'exchange',
      });
    });
  }

  /** What is joined is a new network to its optimizer; one that was never cut goes on as it is. */
  override async beginRecovery(): Promise<void> {
    if (this.joined) return;
    if (this.stages.length > 1) await this.join();
    this.joined = true;
    const { plan, experiment } = this.context;
    this.flopsPerStep = trainingFlops(plan.network, experiment.batch, false);
  }

  private async join(): Promise<void> {
    await this.together(async (device, job) => {
      const name = this.headOn(device.rank);
      if (name) await device.remote.drop(name);
      const spec = this.specOf(device.rank, true);
      await device.run('joinParameters', { stage: STAGE, from: [], as: STAGE, spec }, job);
      await this.loadImages(device);
    });
  }
}
