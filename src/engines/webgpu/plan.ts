/** Which kernels a stage runs, on which buffers, in which order. */
import { activationOf, countParameters } from '../../network/layers/layers.ts';
import { type OptimizerId, OPTIMIZERS } from '../../network/optimizers/registry.ts';
import { aimsAtImages, fixedOf, wantsInputGradient } from '../ends.ts';
import { checkReadsImages } from '../checks.ts';
import type { StageSpec } from '../contract.ts';
import { Dispatch, read, write, type Bound } from './dispatch.ts';
import type { GpuDevice } from './gpu-device.ts';
import { gatherImages, gatherLabels } from './kernels/gather.ts';
import { seedGradient } from './kernels/objectives.ts';
import { applyGradients, type Sink } from './kernels/optimizer.ts';
import { weigh } from './kernels/weigh.ts';
import type { ProductKernel } from './kernels/tile.ts';
import { gpuLayer } from './layers/registry.ts';
import { placeOf } from './layers/place.ts';
import { levels, slotCount, type Buffers } from './memory.ts';
import { planClasses, planFixed, planFront, type FrontPlan } from './plan-fixed.ts';
import { planObjective } from './plan-objective.ts';
import type { Tuner } from './tuning.ts';

/** Kernels of one slot (the micro-batch whose activations they use). */
export interface SlotPlan {
  readonly forward: readonly Dispatch[];
  /** Loss without a gradient; nearest label where labels are the objective. Empty without an objective. */
  readonly score: readonly Dispatch[];
  /** Loss and its gradient into delta 0; or the derivative of the last layer, applied to a gradient written there. */
  readonly seed: readonly Dispatch[];
  /** After `score` and after `seed`: the weights of classes. Null where they have none. */
  readonly weigh: { readonly score: Dispatch; readonly seed: Dispatch } | null;
  /** From the last layer's delta to weight gradients and, where the source asks for it, the input gradient. */
  readonly backward: readonly Dispatch[];
  /** Which delta holds ∂loss/∂input at the end. */
  readonly inputGradientIn: 0 | 1;
}

export interface StagePlan {
  readonly slots: readonly SlotPlan[];
  /** Exchange only: one step with the stored gradients. */
  readonly apply: Dispatch | null;
  /** Inputs from synthetic labels. */
  readonly gatherLabels: Dispatch | null;
  readonly front: FrontPlan;
}

export async function planStage(
  gpu: GpuDevice,
  tuner: Tuner,
  spec: StageSpec,
  buffers: Buffers,
): Promise<StagePlan> {
  const { source, optimizer, training } = spec;
  const at = (name: string) => buffers.get(name)!;
  const slots = await Promise.all(
    Array.from({ length: slotCount(spec) }, (_, slot) => planSlot(gpu, tuner, spec, buffers, slot)),
  );
  const apply =
    training === 'exchange' ? await planApply(gpu, optimizer, countParameters(spec.layers), buffers) : null;
  const mixed =
    source.kind === 'labels'
      ? await Dispatch.create(
          gpu,
          gatherLabels(source.table.width, source.noise, source.noiseKey),
          {
            0: read(at('source table')),
            1: read(at('mixture classes')),
            2: read(at('mixture weights')),
            3: read(at('samples')),
            4: write(at('level 0 of 0')),
            5: write(at('targets of 0')),
          },
          (count) => [source.table.width, count],
        )
      : null;
  return { slots, apply, gatherLabels: mixed, front: await planFront(gpu, tuner, spec, buffers) };
}

/** One optimizer step of `count` parameters with their stored gradients. */
export function planApply(
  gpu: GpuDevice,
  optimizer: OptimizerId,
  count: number,
  buffers: Buffers,
): Promise<Dispatch> {
  const columns = Math.min(65_535 * 64, Math.ceil(count / 64) * 64);
  return Dispatch.create(
    gpu,
    applyGradients(optimizer, count),
    { 1: write(buffers.get('gradients')!), ...sinks(optimizer, buffers) },
    () => [columns, Math.ceil(count / columns)],
  );
}

/** The gather of a loaded split into a slot. */
export function planImages(
  gpu: GpuDevice,
  spec: StageSpec,
  buffers: Buffers,
  split: Buffers,
  slot: number,
): Promise<Dispatch> {
  const { pixels, scale, shift } = checkReadsImages(spec);
  const into = fixedOf(spec.source) ? 'level 0 of front' : `level 0 of ${slot}`;
  return Dispatch.create(
    gpu,
    gatherImages(pixels, scale, shift),
    {
      0: read(split.get('images')!),
      1: read(split.get('labels')!),
      2: read(buffers.get('samples')!),
      3: write(buffers.get(into)!),
      4: write(buffers.get(`targets of ${slot}`)!),
    },
    (count) => [Math.ceil(pixels / 4), count],
  );
}

async function planSlot(
  gpu: GpuDevice,
  tuner: Tuner,
  spec: StageSpec,
  buffers: Buffers,
  slot: number,
): Promise<SlotPlan> {
  const { source, objective, optimizer, training, layers, batch } = spec;
  const made = async (kernel: Promise<ProductKernel>, bound: Record<number, Bound>) => {
    const { code, threads } = await kernel;
    return Dispatch.create(gpu, code, bound, threads);
  };
  const at = (name: string) => buffers.get(name)!;
  const places = layers.map((_, index) => placeOf(layers, index, tuner, batch));
  const top = layers.length - 1;
  const level = (index: number) => at(`level ${index} of ${slot}`);
  const targets = at(`targets of ${slot}`);
  const sink: Sink = training === 'local' ? optimizer : 'gradients';
  // Without gradients only the forward pass can run.
  const backs = training !== 'gathered' || buffers.has('gradients');
  const sinkBuffers = !backs
    ? {}
    : sink === 'gradients'
      ? { 2: write(at('gradients')) }
      : sinks(optimizer, buffers);

  const kept = (index: number, bind: (buffer: GPUBuffer) => Bound): Record<number, Bound> => {
    const buffer = buffers.get(`kept of ${index} of ${slot}`);
    return buffer ? { 7: bind(buffer) } : {};
  };
  const forwardLayers = layers.map((layer, index) =>
    made(gpuLayer(layer).forward(layer, places[index]), {
      0: read(level(index)),
      1: read(at('parameters')),
      2: write(level(index + 1)),
      ...kept(index, write),
    }),
  );

  const output = level(top + 1);
  const width = levels(spec)[top + 1];
  const activation = activationOf(layers[top]);
  const scored = { 0: read(output), 1: read(targets), 2: write(at('scores')) };
  const delta = (side: number) => at(`delta ${side}`);
  const aimedAt = objective?.kind === 'fixed' ? objective.fixed : null;
  const lastAims = aimedAt && at(`level ${aimedAt.layers.length} of aims`);
  const first = at(aimsAtImages(spec) ? 'level 0 of front' : `level 0 of ${slot}`);
  const aims = aimedAt && [
    ...(await planFixed(gpu, tuner, aimedAt, batch, buffers, 'aims', { first })),
    ...(await planClasses(gpu, aimedAt, buffers, 'objective table', slot, lastAims!)),
  ];
  const { score, seed } = objective
    ? planObjective(gpu, objective, width, activation, scored, {
        delta: delta(0),
        table: buffers.get('objective table'),
        distances: buffers.get('class distances'),
        aims: lastAims,
      })
    : {
        score: [],
        seed: [
          Dispatch.create(
            gpu,
            seedGradient(width, activation),
            { 0: read(output), 1: write(delta(0)) },
            (count) => [width, count],
          ),
        ],
      };

  const weights = buffers.get('class weights');
  const weighed = (gradient: boolean) =>
    Dispatch.create(
      gpu,
      weigh(width, gradient),
      {
        0: read(weights!),
        1: read(targets),
        2: write(at('scores')),
        ...(gradient ? { 3: write(delta(0)) } : {}),
      },
      (count) => [gradient ? width : 1, count],
    );

  const backwards: Promise<Dispatch>[] = [];
  let side: 0 | 1 = 0;
  for (let index = top; backs && index >= 0; index--) {
    const layer = layers[index];
    const kind = gpuLayer(layer);
    const from: 0 | 1 = side;
    // The input gradient needs the parameters as they were, so it goes first.
    if (index > 0 || wantsInputGradient(source)) {
      side = from === 0 ? 1 : 0;
      const below = index > 0 ? activationOf(layers[index - 1]) : 'linear';
      backwards.push(
        made(kind.inputGradient(layer, places[index], below), {
          0: read(delta(from)),
          1: read(at('parameters')),
          2: read(level(index)),
          3: write(delta(side)),
          ...kept(index, read),
        }),
      );
    }
    backwards.push(
      made(kind.parameterGradient(layer, places[index], sink), {
        0: read(level(index)),
        1: read(delta(from)),
        ...sinkBuffers,
        ...kept(index, read),
      }),
    );
  }
  const [ahead, scoring, seeding, weighing, back] = await Promise.all([
    Promise.all(forwardLayers),
    Promise.all(score),
    Promise.all(seed),
    weights ? Promise.all([weighed(false), weighed(true)]) : null,
    Promise.all(backwards),
  ]);
  return {
    forward: ahead,
    score: [...(aims ?? []), ...scoring],
    seed: [...(aims ?? []), ...seeding],
    weigh: weighing && { score: weighing[0], seed: weighing[1] },
    backward: back,
    inputGradientIn: side,
  };
}

function sinks(optimizer: StageSpec['optimizer'], buffers: Buffers): Record<number, Bound> {
  const bound: Record<number, Bound> = { 2: write(buffers.get('parameters')!) };
  for (let moment = 0; moment < OPTIMIZERS[optimizer].moments; moment++) {
    bound[3 + moment] = write(buffers.get(`moment ${moment}`)!);
  }
  return bound;
}
