/**
 * The CPU engine: hand-written WebAssembly SIMD kernels, on one thread or on several that share its memory. The default
 * wherever there is no hardware GPU, and the engine of the terminal and of the fast tests.
 */
import { countParameters } from '../../network/layers/layers.ts';
import type { Engine, EngineOptions, EngineProvider, Shard, Stage, StageSpec } from '../contract.ts';
import { deviceLoss, EngineError, type DeviceLoss } from '../errors.ts';
import { answersOf, Ledger } from '../ledger.ts';
import { revised } from '../revision.ts';
import { enginesText } from '../words.ts';
import { Heap } from './heap.ts';
import { canShare } from './helpers.ts';
import { supportedBuilds, type Build } from './kernels.ts';
import { loadKernels, MOST_THREADS, type LoadedKernels } from './load-kernels.ts';
import { CpuShard } from './shard.ts';
import { CpuStage } from './stage.ts';

const nameOf = (build: Build): string =>
  revised('cpu', `WebAssembly, ${build === 'relaxed' ? 'relaxed' : 'plain'} SIMD`);

/** Steps of fewer FLOPs are over sooner than helpers could be of use: a third of a millisecond on one thread. */
const WORTH_HELPING = 1e7;

/** FLOPs of a training step, roughly. */
const stepFlops = ({ layers, batch }: StageSpec): number => 6 * countParameters(layers) * batch;

/**
 * An engine on this thread.
 * @param build Which kernels; by default the best this machine can run.
 * @param threads That share the work, this one among them; one where memory cannot be shared. Changes no bits.
 * @throws EngineError where it can run none.
 */
export async function createCpuEngine(
  build: Build | undefined = supportedBuilds()[0],
  { threads: wanted = 1 }: EngineOptions = {},
): Promise<Engine> {
  if (!build) throw new EngineError(enginesText.noSimd);
  const threads = canShare() ? Math.min(wanted, MOST_THREADS) : 1;
  const ledger = new Ledger();
  const stages = new Set<Stage | Shard>();
  let closed = false;
  let lose: (loss: DeviceLoss) => void;
  const lost = new Promise<DeviceLoss>((resolve) => (lose = resolve));
  // A WebAssembly memory never shrinks, so it is let go with its last stage and the next stage starts a new one.
  let memory: Promise<{ heap: Heap } & LoadedKernels> | null = null;
  const open = async () => {
    const loaded = await loadKernels(build, threads);
    return { ...loaded, heap: new Heap(loaded.memory, loaded.kernels.heapBase(), ledger) };
  };
  const opened = async () => {
    const held = await (memory ??= open());
    if (closed) throw new EngineError('This CPU engine was closed; create a new one.');
    return held;
  };
  const letGo = () => {
    void memory?.then(({ helpers }) => helpers.dismiss());
    memory = null;
  };
  const forget = (one: Stage | Shard) => {
    stages.delete(one);
    if (stages.size === 0) letGo();
  };
  const details = { kernels: build, threads: String(threads) };
  return {
    about: { engine: 'cpu', name: nameOf(build), software: true, details },
    lost,
    async stage(spec) {
      const { heap, kernels, helpers } = await opened();
      const stage = new CpuStage(spec, heap, kernels, () => forget(stage));
      stages.add(stage);
      if (stepFlops(spec) >= WORTH_HELPING) void helpers.recruit();
      return stage;
    },
    async shard(values, optimizer, decay) {
      const { heap, kernels } = await opened();
      const shard = new CpuShard(values, optimizer, decay, heap, kernels, () => forget(shard));
      stages.add(shard);
      return shard;
    },
    ...answersOf(ledger),
    async dispose() {
      closed = true;
      for (const stage of stages) stage.dispose();
      letGo();
      lose(deviceLoss('destroyed', 'closed'));
    },
  };
}

export const cpuEngine: EngineProvider = {
  async available() {
    const [build] = supportedBuilds();
    return build ? { ok: true, name: nameOf(build), software: true } : { ok: false, why: enginesText.noSimd };
  },
  create: (options) => createCpuEngine(undefined, options),
};
