/** Which kernels take fixed layers and their class vectors to where a stage needs them: before it, or beside it. */
import type { FixedLayers, StageSpec, Swap } from '../contract.ts';
import { Dispatch, read, write } from './dispatch.ts';
import type { GpuDevice } from './gpu-device.ts';
import { addClasses, addNoise } from './kernels/gather.ts';
import { placeOf } from './layers/place.ts';
import { gpuLayer } from './layers/registry.ts';
import { levels, type Buffers, type FixedName } from './memory.ts';
import type { Tuner } from './tuning.ts';

/** From gathered images to the input of a stage behind fixed layers: as it is, and as it trains on it. */
export type FrontPlan = Readonly<Record<'plain' | 'training', readonly Dispatch[]>>;

/** Fixed layers before a stage, their class vectors, and what is done to both while it trains. */
export async function planFront(
  gpu: GpuDevice,
  tuner: Tuner,
  spec: StageSpec,
  buffers: Buffers,
): Promise<FrontPlan> {
  const { source, batch } = spec;
  if (source.kind !== 'fixed') return { plain: [], training: [] };
  const { fixed, noise, noiseKey, swap } = source;
  const last = buffers.get('level 0 of 0')!;
  const width = levels(spec)[0];
  const through = await planFixed(gpu, tuner, fixed, batch, buffers, 'front', { last });
  const shown = (swapped?: Swap) => planClasses(gpu, fixed, buffers, 'source table', 0, last, swapped);
  const own = await shown();
  const noised = () =>
    Dispatch.create(gpu, addNoise(width, noise, noiseKey), { 0: write(last) }, (count) => [width, count]);
  return {
    plain: [...through, ...own],
    training: [...through, ...(swap ? await shown(swap) : own), ...(noise > 0 ? [await noised()] : [])],
  };
}

/** Class vectors over what fixed layers give at `level`, if there are any; of the samples in a slot. */
export async function planClasses(
  gpu: GpuDevice,
  { table }: FixedLayers,
  buffers: Buffers,
  held: 'source table' | 'objective table',
  slot: number,
  level: GPUBuffer,
  swap?: Swap,
): Promise<Dispatch[]> {
  if (!table) return [];
  const bound = {
    0: read(buffers.get(held)!),
    1: read(buffers.get(`targets of ${slot}`)!),
    2: write(level),
  };
  return [await Dispatch.create(gpu, addClasses(table, swap), bound, (count) => [table.width, count])];
}

/** @param own The levels that are the stage's: its input, which is the fixed layers' last output or their input too. */
export function planFixed(
  gpu: GpuDevice,
  tuner: Tuner,
  { layers }: FixedLayers,
  batch: number,
  buffers: Buffers,
  name: FixedName,
  own: { readonly first?: GPUBuffer; readonly last?: GPUBuffer },
): Promise<Dispatch[]> {
  const level = (index: number) =>
    (index === 0 && own.first) ||
    (index === layers.length && own.last) ||
    buffers.get(`level ${index} of ${name}`)!;
  return Promise.all(
    layers.map(async (layer, index) => {
      const { code, threads } = await gpuLayer(layer).forward(layer, placeOf(layers, index, tuner, batch));
      const kept = buffers.get(`kept of ${index} of ${name}`);
      const bound = { 0: read(level(index)), 1: read(buffers.get(name)!), 2: write(level(index + 1)) };
      return Dispatch.create(gpu, code, kept ? { ...bound, 7: write(kept) } : bound, threads);
    }),
  );
}
