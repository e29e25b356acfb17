/** Times the three products of one layer on a device, with any tile. */
import type { ProductName } from '../contract.ts';
import { Dispatch, read, write, type Bound } from './dispatch.ts';
import type { GpuDevice } from './gpu-device.ts';
import { forward } from './kernels/forward.ts';
import { inputGradient } from './kernels/input-gradient.ts';
import { denseShape } from './kernels/shape.ts';
import type { ProductKernel, Tile } from './kernels/tile.ts';
import { weightGradient } from './kernels/weight-gradient.ts';
import { STEP_STRIDE } from './memory.ts';
import { padded } from './padding.ts';
import { packSteps } from './steps.ts';

export interface ProductSize {
  /** Samples in a batch. */
  readonly rows: number;
  readonly inputs: number;
  readonly outputs: number;
}

export interface Trial {
  /**
   * 10⁹ multiplications and additions a second, the best of `rounds` measurements of about `ms` each.
   * The weight gradient includes Adam's update.
   */
  gflops(product: ProductName, tile: Tile, options: { ms: number; rounds: number }): Promise<number>;
  close(): void;
}

const MOST_REPEATS = 4096;

export async function openTrial(gpu: GpuDevice, { rows, inputs, outputs }: ProductSize): Promise<Trial> {
  const layer = denseShape({ kind: 'dense', inputs, outputs, activation: 'relu' }, 0);
  const parameters = 4 * (inputs + 1) * outputs;
  const matrix = (units: number) => 4 * padded(rows) * padded(units);
  const plan = (name: string, bytes: number) => ({ name, kind: 'workspace' as const, bytes });
  const buffers = await gpu.allocate([
    plan('x', matrix(inputs)),
    plan('dx', matrix(inputs)),
    plan('y', matrix(outputs)),
    plan('out', matrix(outputs)),
    ...['parameters', 'first', 'second'].map((name) => plan(name, parameters)),
    plan('steps', STEP_STRIDE),
  ]);
  const at = (name: string) => buffers.get(name)!;
  gpu.write(
    at('steps'),
    packSteps([{ count: rows, first: 0, learningRate: 1e-6, epsilon: 1e-8, scale: 1 / rows }]),
  );
  // Numbers of both signs, not zeros: some hardware clocks higher on zeros.
  for (const name of ['x', 'y', 'parameters']) {
    gpu.write(
      at(name),
      Float32Array.from({ length: at(name).size / 4 }, (_, i) => ((i * 7919) % 1009) / 10_090 - 0.05),
    );
  }
  const products: Record<
    ProductName,
    { kernel: (tile: Tile) => ProductKernel; bound: Record<number, Bound> }
  > = {
    forward: {
      kernel: (tile) => forward(layer, tile),
      bound: { 0: read(at('x')), 1: read(at('parameters')), 2: write(at('out')) },
    },
    'input gradient': {
      kernel: (tile) => inputGradient(layer, 'relu', tile),
      bound: { 0: read(at('y')), 1: read(at('parameters')), 2: read(at('x')), 3: write(at('dx')) },
    },
    'weight gradient': {
      kernel: (tile) => weightGradient(layer, 'adam', tile),
      bound: {
        0: read(at('x')),
        1: read(at('y')),
        2: write(at('parameters')),
        3: write(at('first')),
        4: write(at('second')),
      },
    },
  };
  const step = gpu.device.createBindGroup({
    layout: gpu.stepLayout,
    entries: [{ binding: 0, resource: { buffer: at('steps'), size: 32 } }],
  });
  const time = async (dispatch: Dispatch, repeats: number): Promise<number> => {
    const encoder = gpu.encoder();
    const pass = encoder.beginComputePass();
    pass.setBindGroup(0, step, [0]);
    for (let i = 0; i < repeats; i++) dispatch.encode(pass, rows);
    pass.end();
    const start = performance.now();
    gpu.submit(encoder);
    await gpu.device.queue.onSubmittedWorkDone();
    return performance.now() - start;
  };
  return {
    async gflops(product, tile, { ms, rounds }) {
      const { kernel, bound } = products[product];
      const { code, threads } = kernel(tile);
      const dispatch = await Dispatch.create(gpu, code, bound, threads);
      let repeats = 1;
      await time(dispatch, repeats);
      while ((await time(dispatch, repeats)) < ms && repeats < MOST_REPEATS) repeats *= 2;
      let fastest = Infinity;
      for (let round = 0; round < rounds; round++) fastest = Math.min(fastest, await time(dispatch, repeats));
      // No clock reads a graphics card to better than a microsecond.
      return (2e-6 * rows * inputs * outputs * repeats) / Math.max(fastest, 1e-3);
    },
    close() {
      for (const buffer of buffers.values()) gpu.free(buffer);
    },
  };
}
