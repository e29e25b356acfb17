import { checkLength, checkReadsImages, loadedOf } from '../checks.ts';
import type { Split, StageSpec } from '../contract.ts';
import type { StageBuffers } from './buffers.ts';
import type { Dispatch } from './dispatch.ts';
import type { GpuDevice } from './gpu-device.ts';
import { slotCount, splitPlan, type Buffers } from './memory.ts';
import { planImages } from './plan.ts';

/** A split on the device: its buffers, how many images, and the gather into each slot. */
interface LoadedSplit {
  readonly buffers: Buffers;
  readonly count: number;
  readonly gather: readonly Dispatch[];
}

/** The images that a stage holds. */
export class Splits {
  private readonly gpu: GpuDevice;
  private readonly spec: StageSpec;
  private readonly buffers: StageBuffers;
  private readonly loaded = new Map<Split, LoadedSplit>();

  constructor(gpu: GpuDevice, spec: StageSpec, buffers: StageBuffers) {
    this.gpu = gpu;
    this.spec = spec;
    this.buffers = buffers;
  }

  async load(name: Split, images: Uint8Array, labels: Uint8Array): Promise<void> {
    const { pixels } = checkReadsImages(this.spec);
    checkLength('bytes of images', images.length, labels.length * pixels);
    this.unload(name);
    const buffers = await this.gpu.allocate(splitPlan(images.length, labels.length));
    const slots = Array.from({ length: slotCount(this.spec) }, (_, slot) =>
      planImages(this.gpu, this.spec, this.buffers.all, buffers, slot),
    );
    this.loaded.set(name, { buffers, count: labels.length, gather: await Promise.all(slots) });
    this.write(buffers.get('images')!, images);
    this.write(buffers.get('labels')!, labels);
  }

  at(name: Split): LoadedSplit {
    return loadedOf(this.loaded, name);
  }

  free(): void {
    for (const name of [...this.loaded.keys()]) this.unload(name);
  }

  private unload(name: Split): void {
    for (const buffer of this.loaded.get(name)?.buffers.values() ?? []) this.gpu.free(buffer);
    this.loaded.delete(name);
  }

  /** Writes bytes; buffers hold whole words, so the last ones travel in a word of their own. */
  private write(buffer: GPUBuffer, bytes: Uint8Array): void {
    const whole = bytes.length - (bytes.length % 4);
    if (whole > 0) this.gpu.write(buffer, bytes.subarray(0, whole) as Uint8Array<ArrayBuffer>);
    if (whole === bytes.length) return;
    const rest = new Uint8Array(4);
    rest.set(bytes.subarray(whole));
    this.gpu.write(buffer, rest, whole);
  }
}
