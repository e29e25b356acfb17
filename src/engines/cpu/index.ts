/**
 * The CPU engine: hand-written WebAssembly SIMD kernels, one thread per engine. The default wherever there is no
 * hardware GPU, and the engine of the terminal and of the fast tests. Partitions give the parallelism, each with an
 * engine in a worker of its own, so no shared memory is needed and any static host will do.
 */
import type { Engine, EngineProvider, Shard, Stage } from '../contract.ts';
import { deviceLoss, EngineError, type DeviceLoss } from '../errors.ts';
import { Ledger } from '../ledger.ts';
import { revised } from '../revision.ts';
import { enginesText } from '../words.ts';
import { Heap } from './heap.ts';
import { loadKernels, supportedBuilds, type Build, type Kernels } from './kernels.ts';
import { CpuShard } from './shard.ts';
import { CpuStage } from './stage.ts';

const nameOf = (build: Build): string =>
  revised('cpu', `WebAssembly, ${build === 'relaxed' ? 'relaxed' : 'plain'} SIMD`);

/**
 * An engine on this thread.
 * @param build Which kernels; by default the best this machine can run.
 * @throws EngineError where it can run none.
 */
export async function createCpuEngine(build: Build | undefined = supportedBuilds()[0]): Promise<Engine> {
  if (!build) throw new EngineError(enginesText.noSimd);
  const ledger = new Ledger();
  const stages = new Set<Stage | Shard>();
  let closed = false;
  let lose: (loss: DeviceLoss) => void;
  const lost = new Promise<DeviceLoss>((resolve) => (lose = resolve));
  // A WebAssembly memory never shrinks, so it is let go with its last stage and the next stage starts a new one.
  let memory: Promise<{ heap: Heap; kernels: Kernels }> | null = null;
  const open = async () => {
    const loaded = await loadKernels(build);
    return {
      heap: new Heap(loaded.memory, loaded.kernels.heapBase(), ledger),
      kernels: loaded.kernels,
    };
  };
  const opened = async () => {
    const held = await (memory ??= open());
    if (closed) throw new EngineError('This CPU engine was closed; create a new one.');
    return held;
  };
  const forget = (one: Stage | Shard) => {
    stages.delete(one);
    if (stages.size === 0) memory = null;
  };
  return {
    about: { engine: 'cpu', name: nameOf(build), software: true, details: { kernels: build, threads: '1' } },
    lost,
    async stage(spec) {
      const { heap, kernels } = await opened();
      const stage = new CpuStage(spec, heap, kernels, () => forget(stage));
      stages.add(stage);
      return stage;
    },
    async shard(values, optimizer, decay) {
      const { heap, kernels } = await opened();
      const shard = new CpuShard(values, optimizer, decay, heap, kernels, () => forget(shard));
      stages.add(shard);
      return shard;
    },
    hold: (kind, bytes) => ledger.allocate(kind, bytes),
    memory: () => ledger.read(),
    takeFullest: () => ledger.takeFullest(),
    resetPeak: () => ledger.resetPeak(),
    async dispose() {
      closed = true;
      for (const stage of stages) stage.dispose();
      memory = null;
      lose(deviceLoss('destroyed', 'closed'));
    },
  };
}

export const cpuEngine: EngineProvider = {
  async available() {
    const [build] = supportedBuilds();
    return build ? { ok: true, name: nameOf(build), software: true } : { ok: false, why: enginesText.noSimd };
  },
  create: () => createCpuEngine(),
};
