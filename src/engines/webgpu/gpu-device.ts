/** A GPUDevice with its books: every buffer is in the ledger, every failure becomes a sentence. */
import { deviceLoss, EngineError, type DeviceLoss } from '../errors.ts';
import { Ledger, type HeldKind } from '../ledger.ts';
import { adapterName, findAdapter } from './adapter.ts';
import type { BufferPlan } from './memory.ts';

/** Usage of nearly every buffer: kernels work on it, and its contents can be written and read. */
const STORAGE = 0x80 | 0x4 | 0x8; // GPUBufferUsage.STORAGE | COPY_SRC | COPY_DST
const UNIFORM = 0x40 | 0x8; // UNIFORM | COPY_DST
const READ_BACK = 0x1 | 0x8; // MAP_READ | COPY_DST
const MAP_READ = 0x1; // GPUMapMode.READ

/** Whether a kernel reads a binding or also writes it. */
export type Access = 'read' | 'write';

export interface Kernel {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

export class GpuDevice {
  readonly ledger = new Ledger();
  readonly lost: Promise<DeviceLoss>;
  readonly name: string;
  readonly adapter: GPUAdapter;
  readonly device: GPUDevice;
  readonly stepLayout: GPUBindGroupLayout;
  private loss: DeviceLoss | null = null;
  private readonly releases = new WeakMap<GPUBuffer, () => void>();
  private readonly kernels = new Map<string, Promise<Kernel>>();

  private constructor(adapter: GPUAdapter, device: GPUDevice) {
    this.adapter = adapter;
    this.device = device;
    this.name = adapterName(adapter);
    this.lost = device.lost.then(({ reason, message }) => {
      this.loss ??=
        reason === 'destroyed'
          ? deviceLoss('destroyed', 'closed')
          : deviceLoss('lost', 'card-lost', message || null);
      return this.loss;
    });
    this.stepLayout = device.createBindGroupLayout({
      entries: [{ binding: 0, visibility: 4, buffer: { type: 'uniform', hasDynamicOffset: true } }],
    });
  }

  /** Asks for everything the adapter offers, so that wide layers fit. */
  static async open(gpu: GPU | undefined): Promise<GpuDevice> {
    const found = await findAdapter(gpu);
    if ('why' in found) throw new EngineError(found.why);
    const { adapter } = found;
    const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
    const device = await adapter.requestDevice({
      requiredLimits: { maxBufferSize, maxStorageBufferBindingSize },
    });
    return new GpuDevice(adapter, device);
  }

  /** Buffers by name, all or none: a device that runs out of memory says so and keeps nothing. */
  async allocate(plans: readonly BufferPlan[]): Promise<Map<string, GPUBuffer>> {
    this.check();
    const { maxStorageBufferBindingSize: limit } = this.device.limits;
    const tooLarge = plans.find(({ bytes }) => bytes > limit);
    if (tooLarge) {
      throw EngineError.said('piece-too-large', this.name, tooLarge.bytes, tooLarge.kind, limit);
    }
    this.device.pushErrorScope('validation');
    this.device.pushErrorScope('out-of-memory');
    const buffers = new Map(plans.map((plan) => [plan.name, this.create(plan)]));
    const errors = [await this.device.popErrorScope(), await this.device.popErrorScope()];
    if (errors.some((error) => error !== null)) {
      for (const buffer of buffers.values()) this.free(buffer);
      this.check();
      const total = plans.reduce((sum, { bytes }) => sum + bytes, 0);
      throw EngineError.said('no-room', this.name, total);
    }
    return buffers;
  }

  free(buffer: GPUBuffer): void {
    this.releases.get(buffer)?.();
    buffer.destroy();
  }

  /** A compiled kernel. Text and bindings decide; the same ones are compiled once. */
  kernel(code: string, bindings: ReadonlyMap<number, Access>): Promise<Kernel> {
    const key = `${[...bindings].join(';')}\n${code}`;
    let kernel = this.kernels.get(key);
    if (!kernel) {
      kernel = this.compile(code, bindings);
      this.kernels.set(key, kernel);
    }
    return kernel;
  }

  write(buffer: GPUBuffer, data: ArrayBufferView<ArrayBuffer>, offset = 0): void {
    this.check();
    this.device.queue.writeBuffer(buffer, offset, data);
  }

  submit(encoder: GPUCommandEncoder): void {
    this.device.queue.submit([encoder.finish()]);
  }

  encoder(): GPUCommandEncoder {
    this.check();
    return this.device.createCommandEncoder();
  }

  /** A buffer to read results back through; freed by `take`. */
  readBack(bytes: number, kind: HeldKind = 'workspace'): GPUBuffer {
    return this.create({ name: 'read back', kind, bytes }, READ_BACK);
  }

  /** Waits for a read-back buffer and returns what was copied into it. */
  async take(buffer: GPUBuffer): Promise<ArrayBuffer> {
    try {
      await buffer.mapAsync(MAP_READ);
      return buffer.getMappedRange().slice(0);
    } catch (error) {
      // Let the loss arrive first, so that the sentence can say why.
      await Promise.resolve();
      this.check();
      throw new EngineError(`Reading from ${this.name} failed: ${String(error)}`);
    } finally {
      this.free(buffer);
    }
  }

  /** Copies a buffer's contents to the host. */
  async read(buffer: GPUBuffer, bytes: number, kind: HeldKind = 'workspace'): Promise<ArrayBuffer> {
    const encoder = this.encoder();
    const back = this.readBack(bytes, kind);
    encoder.copyBufferToBuffer(buffer, 0, back, 0, bytes);
    this.submit(encoder);
    return this.take(back);
  }

  close(): void {
    this.loss ??= deviceLoss('destroyed', 'closed');
    this.device.destroy();
  }

  /** Throws if the device is gone. */
  check(): void {
    if (this.loss) throw new EngineError(this.loss.message, this.loss.said);
  }

  private create(
    { kind, bytes, name }: Omit<BufferPlan, 'kind'> & { readonly kind: HeldKind },
    usage = name === 'steps' ? UNIFORM : STORAGE,
  ): GPUBuffer {
    const buffer = this.device.createBuffer({ label: name, size: bytes, usage });
    this.releases.set(buffer, this.ledger.allocate(kind, bytes));
    return buffer;
  }

  private async compile(code: string, bindings: ReadonlyMap<number, Access>): Promise<Kernel> {
    const module = this.device.createShaderModule({ code });
    const layout = this.device.createBindGroupLayout({
      entries: [...bindings].map(([binding, access]) => ({
        binding,
        visibility: 4, // GPUShaderStage.COMPUTE
        buffer: { type: access === 'read' ? 'read-only-storage' : 'storage' } as const,
      })),
    });
    try {
      const pipeline = await this.device.createComputePipelineAsync({
        layout: this.device.createPipelineLayout({ bindGroupLayouts: [this.stepLayout, layout] }),
        compute: { module, entryPoint: 'main' },
      });
      return { pipeline, layout };
    } catch (error) {
      this.check();
      const { messages } = await module.getCompilationInfo();
      const why = messages.map(({ lineNum, message }) => `line ${lineNum}: ${message}`).join('; ');
      throw new EngineError(`${this.name} cannot compile a kernel: ${why || String(error)}`);
    }
  }
}
