import { countParameters } from '../../network/layers/layers.ts';
import { checkLength, NOT_GATHERED } from '../checks.ts';
import type { StageSpec } from '../contract.ts';
import { fixedOf, tableOf } from '../ends.ts';
import { EngineError } from '../errors.ts';
import type { HeldKind } from '../ledger.ts';
import type { GpuDevice } from './gpu-device.ts';
import { bufferPlans, gatheredPlans, type Buffers } from './memory.ts';
import { padded } from './padding.ts';

/** A stage's buffers by name, and the way into and out of them. On the device rows are padded to whole tiles. */
export class StageBuffers {
  private readonly gpu: GpuDevice;
  private readonly spec: StageSpec;
  private readonly named: Map<string, GPUBuffer>;

  private constructor(gpu: GpuDevice, spec: StageSpec, named: Map<string, GPUBuffer>) {
    this.gpu = gpu;
    this.spec = spec;
    this.named = named;
  }

  static async allocate(gpu: GpuDevice, spec: StageSpec): Promise<StageBuffers> {
    return new StageBuffers(gpu, spec, await gpu.allocate(bufferPlans(spec)));
  }

  /** All of them, to plan kernels on. */
  get all(): Buffers {
    return this.named;
  }

  /** Writes what the stage begins with, and what never changes. */
  fill(): void {
    const { spec } = this;
    const write = (name: string, values: ArrayLike<number>) =>
      this.gpu.write(this.at(name), Float32Array.from(values));
    if (spec.training !== 'gathered') write('parameters', spec.parameters);
    for (const [table, fixed, end] of [
      ['source table', 'front', spec.source],
      ['objective table', 'aims', spec.objective],
    ] as const) {
      const labels = end && tableOf(end);
      if (labels) write(table, labels.values);
      const layers = end && fixedOf(end);
      if (layers) write(fixed, layers.parameters);
    }
    if (spec.classWeights) write('class weights', spec.classWeights);
  }

  /** Takes parameters for a while, and room for their gradients where a backward pass is to come. */
  async hold(values: Float32Array, use: 'forward' | 'backward'): Promise<void> {
    this.letGo();
    const gathered = await this.gpu.allocate(gatheredPlans(this.spec, use));
    for (const [name, buffer] of gathered) this.named.set(name, buffer);
    this.writeFlat('parameters', values);
  }

  /** Gives back what was held for a while. */
  letGo(): void {
    for (const name of ['parameters', 'gradients']) {
      const buffer = this.named.get(name);
      if (buffer) this.gpu.free(buffer);
      this.named.delete(name);
    }
  }

  free(): void {
    for (const buffer of this.named.values()) this.gpu.free(buffer);
  }

  has(name: string): boolean {
    return this.named.has(name);
  }

  at(name: string): GPUBuffer {
    const buffer = this.named.get(name);
    if (!buffer && this.spec.training === 'gathered') throw new EngineError(NOT_GATHERED);
    if (!buffer) throw new EngineError(`This stage has no ${name}.`);
    return buffer;
  }

  get moments(): string[] {
    return [...this.named.keys()].filter((name) => name.startsWith('moment '));
  }

  /** Reads an array that is laid out as the parameters are. */
  async readFlat(name: string, kind: HeldKind = 'workspace'): Promise<Float32Array<ArrayBuffer>> {
    const bytes = 4 * countParameters(this.spec.layers);
    return new Float32Array(await this.gpu.read(this.at(name), bytes, kind));
  }

  writeFlat(name: string, values: Float32Array): void {
    checkLength('parameters for these layers', values.length, countParameters(this.spec.layers));
    this.gpu.write(this.at(name), Float32Array.from(values));
  }

  /** Reads `count` rows of `width` numbers out of a padded matrix. */
  async readRows(name: string, count: number, width: number, kind: HeldKind): Promise<Float32Array> {
    const rows = await this.gpu.read(this.at(name), 4 * count * padded(width), kind);
    return unpad(new Float32Array(rows), count, width);
  }

  /** Writes rows of `width` numbers into a padded matrix. */
  writeRows(name: string, values: Float32Array, count: number, width: number): void {
    checkLength(`numbers, ${count} samples of ${width}`, values.length, count * width);
    const stride = padded(width);
    const rows = new Float32Array(count * stride);
    for (let row = 0; row < count; row++)
      rows.set(values.subarray(row * width, (row + 1) * width), row * stride);
    this.gpu.write(this.at(name), rows);
  }
}

/** Rows of `width` numbers out of a padded matrix. */
export function unpad(values: Float32Array, count: number, width: number): Float32Array {
  const stride = padded(width);
  if (stride === width) return values;
  const dense = new Float32Array(count * width);
  for (let row = 0; row < count; row++)
    dense.set(values.subarray(row * stride, row * stride + width), row * width);
  return dense;
}
