/** GFLOP/s of the WebGPU engine's three products of a layer, one shape at a time, on the device's clock. */
import { Dispatch, read, write } from '../../src/engines/webgpu/dispatch.ts';
import type { GpuDevice } from '../../src/engines/webgpu/gpu-device.ts';
import { forward, forwardThreads } from '../../src/engines/webgpu/kernels/forward.ts';
import { inputGradient, inputGradientThreads } from '../../src/engines/webgpu/kernels/input-gradient.ts';
import { layerShapes } from '../../src/engines/webgpu/kernels/shape.ts';
import { weightGradient, weightGradientThreads } from '../../src/engines/webgpu/kernels/weight-gradient.ts';
import { padded, STEP_STRIDE } from '../../src/engines/webgpu/memory.ts';
import { packSteps } from '../../src/engines/webgpu/steps.ts';

export interface ProductShape {
  readonly batch: number;
  readonly inputs: number;
  readonly outputs: number;
}

export interface GpuProducts extends ProductShape {
  /** GFLOP/s, the best of several measurements; the weight gradient includes Adam's update. */
  readonly forward: number;
  readonly inputGradient: number;
  readonly weightGradient: number;
}

/** @param seconds A measurement takes about this long. */
export async function measureGpuProducts(
  gpu: GpuDevice,
  shape: ProductShape,
  seconds = 0.1,
  rounds = 5,
): Promise<GpuProducts> {
  const { batch, inputs, outputs } = shape;
  const layer = layerShapes([{ inputs, outputs, activation: 'relu' }])[0];
  const parameters = 4 * (inputs * outputs + outputs);
  const rows = padded(batch);
  const plan = (name: string, bytes: number) => ({ name, kind: 'workspace' as const, bytes });
  const buffers = await gpu.allocate([
    plan('x', 4 * rows * padded(inputs)),
    plan('dx', 4 * rows * padded(inputs)),
    plan('y', 4 * rows * padded(outputs)),
    plan('out', 4 * rows * padded(outputs)),
    ...['parameters', 'first', 'second'].map((name) => plan(name, parameters)),
    plan('steps', STEP_STRIDE),
  ]);
  const at = (name: string) => buffers.get(name)!;
  gpu.write(
    at('steps'),
    packSteps([{ count: batch, first: 0, rate: 1e-6, epsilon: 1e-8, scale: 1 / batch }]),
  );
  // Numbers of both signs, not zeros: some hardware clocks higher on zeros.
  for (const name of ['x', 'y', 'parameters']) {
    const values = new Float32Array(at(name).size / 4).map((_, i) => ((i * 7919) % 1009) / 10_090 - 0.05);
    gpu.write(at(name), values);
  }
  const dispatches = {
    forward: await Dispatch.create(
      gpu,
      forward(layer),
      { 0: read(at('x')), 1: read(at('parameters')), 2: write(at('out')) },
      (count) => forwardThreads(layer, count),
    ),
    inputGradient: await Dispatch.create(
      gpu,
      inputGradient(layer, 'relu'),
      { 0: read(at('y')), 1: read(at('parameters')), 2: read(at('x')), 3: write(at('dx')) },
      (count) => inputGradientThreads(layer, count),
    ),
    weightGradient: await Dispatch.create(
      gpu,
      weightGradient(layer, 'adam'),
      {
        0: read(at('x')),
        1: read(at('y')),
        2: write(at('parameters')),
        3: write(at('first')),
        4: write(at('second')),
      },
      () => weightGradientThreads(layer),
    ),
  };
  const stepGroup = gpu.device.createBindGroup({
    layout: gpu.stepLayout,
    entries: [{ binding: 0, resource: { buffer: at('steps'), size: 32 } }],
  });
  const time = async (dispatch: Dispatch, repeats: number) => {
    const encoder = gpu.encoder();
    const pass = encoder.beginComputePass();
    pass.setBindGroup(0, stepGroup, [0]);
    for (let i = 0; i < repeats; i++) dispatch.encode(pass, batch);
    pass.end();
    const start = performance.now();
    gpu.submit(encoder);
    await gpu.device.queue.onSubmittedWorkDone();
    return (performance.now() - start) / 1000;
  };
  const best = async (dispatch: Dispatch) => {
    let repeats = 1;
    await time(dispatch, repeats);
    while ((await time(dispatch, repeats)) < seconds && repeats < 4096) repeats *= 2;
    let fastest = Infinity;
    for (let round = 0; round < rounds; round++) fastest = Math.min(fastest, await time(dispatch, repeats));
    return (2 * batch * inputs * outputs * repeats) / fastest / 1e9;
  };
  const result = {
    ...shape,
    forward: await best(dispatches.forward),
    inputGradient: await best(dispatches.inputGradient),
    weightGradient: await best(dispatches.weightGradient),
  };
  for (const buffer of buffers.values()) gpu.free(buffer);
  return result;
}
