/** One kernel with its buffers: what a command encoder replays, step after step. */
import type { Access, GpuDevice, Kernel } from './gpu-device.ts';

export interface Bound {
  readonly access: Access;
  readonly buffer: GPUBuffer;
}

/** Threads along x and y for a batch of `count` samples. */
export type Threads = (count: number) => readonly [number, number];

export class Dispatch {
  private readonly kernel: Kernel;
  private readonly group: GPUBindGroup;
  private readonly threads: Threads;
  private readonly workgroup: readonly [number, number];

  private constructor(
    kernel: Kernel,
    group: GPUBindGroup,
    threads: Threads,
    workgroup: readonly [number, number],
  ) {
    this.kernel = kernel;
    this.group = group;
    this.threads = threads;
    this.workgroup = workgroup;
  }

  /**
   * @param bound Buffers by binding of group 1.
   * @param threads How many threads do useful work; rounded up to whole workgroups.
   */
  static async create(
    gpu: GpuDevice,
    code: string,
    bound: Readonly<Record<number, Bound>>,
    threads: Threads,
  ): Promise<Dispatch> {
    const entries = Object.entries(bound).map(([binding, one]) => [Number(binding), one] as const);
    const kernel = await gpu.kernel(code, new Map(entries.map(([binding, { access }]) => [binding, access])));
    const group = gpu.device.createBindGroup({
      layout: kernel.layout,
      entries: entries.map(([binding, { buffer }]) => ({ binding, resource: { buffer } })),
    });
    const [, x, y = '1'] = /@workgroup_size\((\d+)(?:,\s*(\d+))?/.exec(code)!;
    return new Dispatch(kernel, group, threads, [Number(x), Number(y)]);
  }

  encode(pass: GPUComputePassEncoder, count: number): void {
    const [x, y] = this.threads(count);
    pass.setPipeline(this.kernel.pipeline);
    pass.setBindGroup(1, this.group);
    pass.dispatchWorkgroups(Math.ceil(x / this.workgroup[0]), Math.ceil(y / this.workgroup[1]));
  }
}

export const read = (buffer: GPUBuffer): Bound => ({ access: 'read', buffer });
export const write = (buffer: GPUBuffer): Bound => ({ access: 'write', buffer });
