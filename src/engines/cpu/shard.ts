import { type OptimizerId, OPTIMIZERS } from '../../network/optimizers/registry.ts';
import { checkLength } from '../checks.ts';
import type { Shard } from '../contract.ts';
import type { Heap, Held } from './heap.ts';
import { RULE_CODES, type Kernels } from './kernels.ts';
import { shardBlocks } from './memory.ts';

/** Part of some parameters in linear memory, updated by the kernel that updates whole ones. */
export class CpuShard implements Shard {
  readonly length: number;
  private readonly optimizer: OptimizerId;
  private readonly decay: number;
  private readonly heap: Heap;
  private readonly kernels: Kernels;
  private readonly onDispose: () => void;
  private readonly held: Held[] = [];
  private readonly values: Held;
  private readonly gradients: Held;
  private readonly moments: readonly Held[];
  private steps = 0;

  constructor(
    values: Float32Array,
    optimizer: OptimizerId,
    decay: number,
    heap: Heap,
    kernels: Kernels,
    onDispose: () => void,
  ) {
    this.length = values.length;
    this.optimizer = optimizer;
    this.decay = decay;
    this.heap = heap;
    this.kernels = kernels;
    this.onDispose = onDispose;
    const blocks = shardBlocks(values.length, OPTIMIZERS[optimizer].moments);
    const hold = (block: Parameters<Heap['allocate']>[0]) => {
      const held = heap.allocate(block);
      this.held.push(held);
      return held;
    };
    try {
      this.values = hold(blocks.parameters);
      this.gradients = hold(blocks.gradients);
      this.moments = blocks.moments.map(hold);
    } catch (error) {
      this.held.forEach((held) => held.free());
      throw error;
    }
    heap.floats(this.values).set(values);
  }

  async read() {
    return this.heap.floats(this.values).slice(0, this.length) as Float32Array<ArrayBuffer>;
  }

  async writeGradients(values: Float32Array) {
    checkLength('gradients of this shard', values.length, this.length);
    this.heap.floats(this.gradients).set(values);
  }

  async optimizerStep(learningRate: number) {
    this.steps++;
    const numbers = OPTIMIZERS[this.optimizer].numbers({ learningRate, decay: this.decay }, this.steps);
    const { address } = this.values;
    this.kernels.update(
      RULE_CODES[this.optimizer],
      address,
      this.moments[0]?.address ?? address,
      this.moments[1]?.address ?? address,
      this.gradients.address,
      Math.ceil(this.length / 4),
      numbers.learningRate,
      numbers.epsilon,
      numbers.shrink,
    );
  }

  dispose() {
    this.held.splice(0).forEach((held) => held.free());
    this.onDispose();
  }
}
