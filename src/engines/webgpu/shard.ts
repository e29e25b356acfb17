import { type OptimizerId, OPTIMIZERS } from '../../network/optimizers/registry.ts';
import { checkLength } from '../checks.ts';
import type { Shard } from '../contract.ts';
import type { Dispatch } from './dispatch.ts';
import type { GpuDevice } from './gpu-device.ts';
import { shardPlans, type Buffers } from './memory.ts';
import { planApply } from './plan.ts';
import { packSteps } from './steps.ts';

/** Part of some parameters in buffers of its own, updated by the kernel that updates whole ones. */
export class WebgpuShard implements Shard {
  readonly length: number;
  private readonly gpu: GpuDevice;
  private readonly optimizer: OptimizerId;
  private readonly decay: number;
  private readonly buffers: Buffers;
  private readonly update: Dispatch | null;
  private readonly onDispose: () => void;
  private steps = 0;

  private constructor(
    gpu: GpuDevice,
    length: number,
    optimizer: OptimizerId,
    decay: number,
    buffers: Buffers,
    update: Dispatch | null,
    onDispose: () => void,
  ) {
    this.gpu = gpu;
    this.length = length;
    this.optimizer = optimizer;
    this.decay = decay;
    this.buffers = buffers;
    this.update = update;
    this.onDispose = onDispose;
  }

  static async create(
    gpu: GpuDevice,
    values: Float32Array,
    optimizer: OptimizerId,
    decay: number,
    onDispose: () => void,
  ): Promise<WebgpuShard> {
    const { length } = values;
    // WebGPU has no empty bindings: an empty shard has no buffers and nothing to do.
    if (length === 0) return new WebgpuShard(gpu, 0, optimizer, decay, new Map(), null, onDispose);
    const buffers = await gpu.allocate(shardPlans(length, OPTIMIZERS[optimizer].moments));
    gpu.write(buffers.get('parameters')!, Float32Array.from(values));
    const update = await planApply(gpu, optimizer, length, buffers);
    return new WebgpuShard(gpu, length, optimizer, decay, buffers, update, onDispose);
  }

  async read(use: 'workspace' | 'looking' = 'workspace') {
    if (this.length === 0) return new Float32Array(0);
    return new Float32Array(await this.gpu.read(this.buffers.get('parameters')!, 4 * this.length, use));
  }

  async writeGradients(values: Float32Array) {
    checkLength('gradients of this shard', values.length, this.length);
    if (this.length > 0) this.gpu.write(this.buffers.get('gradients')!, Float32Array.from(values));
  }

  async optimizerStep(learningRate: number) {
    this.steps++;
    if (!this.update) return;
    const numbers = OPTIMIZERS[this.optimizer].numbers({ learningRate, decay: this.decay }, this.steps);
    const steps = this.buffers.get('steps')!;
    this.gpu.write(steps, packSteps([{ count: 1, first: 0, ...numbers }]));
    const encoder = this.gpu.encoder();
    const pass = encoder.beginComputePass();
    const group = this.gpu.device.createBindGroup({
      layout: this.gpu.stepLayout,
      entries: [{ binding: 0, resource: { buffer: steps, size: 32 } }],
    });
    pass.setBindGroup(0, group, [0]);
    this.update.encode(pass, 1);
    pass.end();
    this.gpu.submit(encoder);
  }

  dispose() {
    for (const buffer of this.buffers.values()) this.gpu.free(buffer);
    this.onDispose();
  }
}
