/**
 * How large a stage's buffers are. The stage allocates by this list and a test holds the ledger against it.
 *
 * Activations are `[rows, stride]` with rows = the batch rounded up to 8 and stride = the units rounded up to 8, so that
 * every thread can work on a whole 8 × 8 tile without asking where the matrix ends.
 */
import { fixedLevels, fixedOf, imagesOf, tableOf, wantsInputGradient } from '../ends.ts';
import { OPTIMIZERS } from '../../network/optimizers/registry.ts';
import { countParameters, levelSizes } from '../../network/layers/layers.ts';
import { padded } from './padding.ts';
import { gpuLayer } from './layers/registry.ts';
import { MIXTURE, type FixedLayers, type StageSpec } from '../contract.ts';
import { MEMORY_KINDS, type MemoryByKind, type MemoryKind } from '../ledger.ts';

const FLOAT = 4;

/** Optimizer steps in one submission, at most. */
export const MOST_STEPS = 64;
/** Bytes between two steps' uniforms: WebGPU's largest minimum offset alignment. */
export const STEP_STRIDE = 256;

/** Units at each level: the stage's input, then every layer's output. */
export const levels = ({ layers }: Pick<StageSpec, 'layers'>): number[] => levelSizes(layers);

/** Fixed layers: those that images go through first, and those whose outputs are aimed at. */
export type FixedName = 'front' | 'aims';

/** Buffers on the device, by the names that they are planned under. */
export type Buffers = ReadonlyMap<string, GPUBuffer>;

export interface BufferPlan {
  readonly name: string;
  readonly kind: MemoryKind;
  readonly bytes: number;
}

/** Every buffer of a stage but the images (`splitPlan`). */
export function bufferPlans(spec: StageSpec): BufferPlan[] {
  const { batch, source, objective, optimizer, training, classWeights } = spec;
  const parameters = FLOAT * countParameters(spec.layers);
  const units = levels(spec);
  const rows = padded(batch);
  const samples = MOST_STEPS * batch;
  const plans: BufferPlan[] = [];
  const add = (name: string, kind: MemoryKind, bytes: number) => plans.push({ name, kind, bytes });

  if (training !== 'gathered') {
    add('parameters', 'parameters', parameters);
    for (let moment = 0; moment < OPTIMIZERS[optimizer].moments; moment++)
      add(`moment ${moment}`, 'optimizer', parameters);
  }
  if (training === 'exchange') add('gradients', 'gradients', parameters);
  for (let slot = 0; slot < slotCount(spec); slot++) {
    units.forEach((width, level) =>
      add(`level ${level} of ${slot}`, 'activations', FLOAT * rows * padded(width)),
    );
    spec.layers.forEach((layer, index) => {
      const kept = gpuLayer(layer).kept(layer);
      if (kept > 0) add(`kept of ${index} of ${slot}`, 'activations', FLOAT * rows * kept);
    });
    add(`targets of ${slot}`, 'activations', FLOAT * rows);
  }
  const widest = padded(Math.max(...units.slice(wantsInputGradient(source) ? 0 : 1)));
  for (const side of [0, 1]) add(`delta ${side}`, 'activations', FLOAT * rows * widest);
  const shown = tableOf(source);
  if (shown) add('source table', 'labels', shown.values.byteLength);
  if (source.kind === 'labels') {
    add('mixture weights', 'workspace', FLOAT * MIXTURE * samples);
    add('mixture classes', 'workspace', FLOAT * samples);
  }
  const target = objective && tableOf(objective);
  if (target) add('objective table', 'labels', target.values.byteLength);
  if (objective?.kind === 'hybrid')
    add('class distances', 'workspace', FLOAT * rows * objective.table.classes);
  if (classWeights) add('class weights', 'workspace', classWeights.byteLength);
  const { front, beside } = fixedLevels(spec);
  const addFixed = (name: FixedName, fixed: FixedLayers | null, widths: readonly number[], first: number) => {
    if (!fixed) return;
    add(name, 'labels', FLOAT * countParameters(fixed.layers));
    widths.forEach((width, index) =>
      add(`level ${first + index} of ${name}`, 'activations', FLOAT * rows * padded(width)),
    );
    fixed.layers.forEach((layer, index) => {
      const kept = gpuLayer(layer).kept(layer);
      if (kept > 0) add(`kept of ${index} of ${name}`, 'activations', FLOAT * rows * kept);
    });
  };
  addFixed('front', fixedOf(source), front, 0);
  addFixed('aims', objective && fixedOf(objective), beside, 1);
  add('samples', 'workspace', FLOAT * samples);
  // Two floats per sample: its loss, and 1 if it was right.
  add('scores', 'workspace', 2 * FLOAT * samples);
  add('steps', 'workspace', STEP_STRIDE * MOST_STEPS);
  return plans;
}

/** Micro-batches a stage has room for. */
export const slotCount = ({ training, inFlight = 1 }: StageSpec): number =>
  training === 'local' ? 1 : inFlight;

/** What is allocated while a stage holds gathered parameters. */
export function gatheredPlans({ layers }: StageSpec, use: 'forward' | 'backward'): BufferPlan[] {
  const bytes = FLOAT * countParameters(layers);
  const parameters: BufferPlan = { name: 'parameters', kind: 'parameters', bytes };
  return use === 'forward' ? [parameters] : [parameters, { name: 'gradients', kind: 'gradients', bytes }];
}

/** A shard's buffers: at least one number, because there are no empty buffers. */
export function shardPlans(length: number, moments: number): BufferPlan[] {
  const bytes = FLOAT * length;
  return [
    { name: 'gradients', kind: 'gradients', bytes },
    { name: 'parameters', kind: 'parameters', bytes },
    ...Array.from({ length: moments }, (_, moment): BufferPlan => ({
      name: `moment ${moment}`,
      kind: 'optimizer',
      bytes,
    })),
    { name: 'steps', kind: 'workspace', bytes: STEP_STRIDE },
  ];
}

/** Buffers of one loaded split: images and labels as bytes, each rounded up to whole words. */
export function splitPlan(images: number, labels: number): BufferPlan[] {
  const words = (bytes: number) => FLOAT * Math.max(1, Math.ceil(bytes / FLOAT));
  return [
    { name: 'images', kind: 'data', bytes: words(images) },
    { name: 'labels', kind: 'data', bytes: words(labels) },
  ];
}

/** Bytes by kind of a stage with splits of so many images loaded. */
export function stageMemory(spec: StageSpec, loaded: readonly number[] = []): MemoryByKind {
  const sum = Object.fromEntries(MEMORY_KINDS.map((kind) => [kind, 0])) as Record<MemoryKind, number>;
  const pixels = imagesOf(spec.source)?.pixels ?? 0;
  const splits = loaded.flatMap((count) => splitPlan(count * pixels, count));
  for (const { kind, bytes } of [...bufferPlans(spec), ...splits]) sum[kind] += bytes;
  return sum;
}
