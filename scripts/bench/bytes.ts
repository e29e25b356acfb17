/**
 * Counts, from outside and alike for every library, the memory a contender asks the platform for: GPU buffers alive
 * and WebAssembly linear memories. Call `watchBytes` before any library loads.
 */
export interface ByteCounter {
  /** High-water bytes since the counter was made or `reset`. */
  peak(): number;
}

export function watchBytes(): ByteCounter {
  const gpu = watchGpuBuffers();
  const wasm = watchLinearMemories();
  return { peak: () => gpu() + wasm() };
}

/** @returns High-water bytes of GPU buffers created and not yet destroyed. */
export function watchGpuBuffers(): () => number {
  const device = (globalThis as { GPUDevice?: { prototype: GPUDevice } }).GPUDevice?.prototype;
  const buffer = (globalThis as { GPUBuffer?: { prototype: GPUBuffer } }).GPUBuffer?.prototype;
  if (!device || !buffer) return () => 0;
  let held = 0;
  let peak = 0;
  const alive = new WeakSet<GPUBuffer>();
  const { createBuffer } = device;
  const { destroy } = buffer;
  device.createBuffer = function (descriptor) {
    const made = createBuffer.call(this, descriptor);
    alive.add(made);
    held += descriptor.size;
    peak = Math.max(peak, held);
    return made;
  };
  buffer.destroy = function () {
    if (alive.delete(this)) held -= this.size;
    return destroy.call(this);
  };
  return () => peak;
}

/** @returns Bytes of all linear memories. They never shrink, so what is held is the high-water mark. */
function watchLinearMemories(): () => number {
  const memories = new Set<WebAssembly.Memory>();
  const Original = WebAssembly.Memory;
  WebAssembly.Memory = new Proxy(Original, {
    construct(target, args: [WebAssembly.MemoryDescriptor]) {
      const memory = new target(...args);
      memories.add(memory);
      return memory;
    },
  });
  const note = (instance: WebAssembly.Instance) => {
    for (const value of Object.values(instance.exports)) if (value instanceof Original) memories.add(value);
  };
  const noteResult = (result: unknown) => {
    if (result instanceof WebAssembly.Instance) note(result);
    else note((result as WebAssembly.WebAssemblyInstantiatedSource).instance);
    return result;
  };
  for (const name of ['instantiate', 'instantiateStreaming'] as const) {
    const original = WebAssembly[name] as (...args: unknown[]) => Promise<unknown>;
    const wrapped = async (...args: unknown[]) => noteResult(await original.apply(WebAssembly, args));
    Object.assign(WebAssembly, { [name]: wrapped });
  }
  return () => [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
}
