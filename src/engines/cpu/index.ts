/**
 * The CPU engine: hand-written WebAssembly SIMD kernels, one thread per engine. The default wherever there is no
 * hardware GPU, and the engine of the terminal and of the fast tests. Partitions give the parallelism, each with an
 * engine in a worker of its own, so no shared memory is needed and any static host will do.
 */
import { EngineError, type DeviceLoss, type Engine, type EngineProvider, type Stage } from '../contract.ts';
import { Ledger } from '../ledger.ts';
import { Heap } from './heap.ts';
import { loadKernels, supportedBuilds, type Build } from './kernels.ts';
import { CpuStage } from './stage.ts';

const nameOf = (build: Build): string => `WebAssembly, ${build === 'relaxed' ? 'relaxed' : 'plain'} SIMD`;
const NO_SIMD =
  'This browser cannot run WebAssembly SIMD, which the CPU engine needs. Update the browser, or choose another engine.';

/**
 * An engine on this thread.
 * @param build Which kernels; by default the best this machine can run.
 * @throws EngineError where it can run none.
 */
export async function createCpuEngine(build: Build | undefined = supportedBuilds()[0]): Promise<Engine> {
  if (!build) throw new EngineError(NO_SIMD);
  const ledger = new Ledger();
  const { kernels, memory } = await loadKernels(build);
  let heap: Heap | null = new Heap(memory, kernels.heapBase(), ledger);
  const stages = new Set<Stage>();
  let lose: (loss: DeviceLoss) => void;
  const lost = new Promise<DeviceLoss>((resolve) => (lose = resolve));
  return {
    about: { engine: 'cpu', name: nameOf(build), software: true, details: { kernels: build, threads: '1' } },
    lost,
    async stage(spec) {
      if (!heap) throw new EngineError('This CPU engine was closed; create a new one.');
      const stage = new CpuStage(spec, heap, kernels);
      stages.add(stage);
      return stage;
    },
    memory: () => ledger.read(),
    resetPeak: () => ledger.resetPeak(),
    async dispose() {
      for (const stage of stages) stage.dispose();
      stages.clear();
      // With the last reference to it the memory itself goes.
      heap = null;
      lose({ reason: 'destroyed', message: 'The CPU engine was closed.' });
    },
  };
}

export const cpuEngine: EngineProvider = {
  id: 'cpu',
  label: 'CPU (WebAssembly)',
  async available() {
    const [build] = supportedBuilds();
    return build ? { ok: true, name: nameOf(build), software: true } : { ok: false, why: NO_SIMD };
  },
  create: () => createCpuEngine(),
};
