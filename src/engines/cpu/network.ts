import type { StepNumbers } from '../../network/optimizers/optimizer.ts';
import { OPTIMIZERS } from '../../network/optimizers/registry.ts';
import { activationOf, inputSize, outputSize } from '../../network/layers/layers.ts';
import type { StageSpec } from '../contract.ts';
import { Blocks, type Levels } from './blocks.ts';
import type { Heap, Held } from './heap.ts';
import { Inputs } from './inputs.ts';
import { ACTIVATION_CODES, RULE_CODES, type Kernels } from './kernels.ts';
import { cpuLayer, placeLayers } from './layers/registry.ts';
import { quads } from './layout.ts';
import { returnsInputGradient } from './memory.ts';
import { Scores } from './scores.ts';

/**
 * A stage's arithmetic, from its inputs through the layers to its scores and back. Everything here is synchronous and
 * trusts its arguments; `CpuStage` checks them, takes turns and speaks the contract.
 */
export class Network {
  readonly blocks: Blocks;
  readonly inputs: Inputs;
  readonly scores: Scores;
  private readonly spec: StageSpec;
  /** Where `backward` left ∂loss/∂input. */
  private inputGradientAt: Held | null = null;

  constructor(spec: StageSpec, heap: Heap, kernels: Kernels) {
    this.spec = spec;
    this.blocks = new Blocks(spec, heap, kernels);
    this.inputs = new Inputs(this.blocks);
    this.scores = new Scores(this.blocks);
  }

  forward(levels: Levels, count: number): void {
    const { address } = this.blocks.block('parameters');
    const work = this.blocks.work(count);
    this.spec.layers.forEach((layer, index) => {
      const [x, y] = [levels[index].address, levels[index + 1].address];
      cpuLayer(layer).forward(layer, work, address + this.blocks.places[index], x, y);
    });
  }

  /** What the layer before a level gives, as rows `[count, outputs]`. */
  output(levels: Levels, level: number, count: number, into: Float32Array): void {
    this.blocks.copy(levels[level], outputSize([this.spec.layers[level - 1]]), into, count, 'out');
  }

  /**
   * Backward from the gradient that `loss` or `setGradient` left; spends `levels`.
   *
   * Each layer's input gradient is taken before its weights change. It goes to `delta` or, where the gradient that came
   * from above lies there, over the activations that came with that one: one spare array serves every layer.
   *
   * @param step Where the optimizer stands, to update at once; `null` to add to the gradients instead.
   */
  backward(levels: Levels, count: number, step: { learningRate: number; number: number } | null): void {
    const { layers } = this.spec;
    const { delta, kernels, moments, places } = this.blocks;
    const work = this.blocks.work(count);
    const last = layers.length;
    const target = this.blocks.block(step ? 'parameters' : 'gradients');
    const [first, second] = [moments[0] ?? target, moments[1] ?? target];
    const rule = this.rule(step);
    const outputs = quads(outputSize(layers));
    const slope = ACTIVATION_CODES[activationOf(layers[last - 1])];
    kernels.applySlopes(slope, delta.address, levels[last].address, outputs, work.stride, work.samples);
    let [d, free] = [delta, levels[last]];
    for (let index = last - 1; index >= 0; index--) {
      const layer = layers[index];
      const kind = cpuLayer(layer);
      const place = places[index];
      const x = levels[index];
      if (index > 0 || returnsInputGradient(this.spec)) {
        if (free.bytes < x.bytes) {
          kernels.copy(free.address, d.address, free.bytes >>> 4);
          [d, free] = [free, d];
        }
        const below = index > 0 ? activationOf(layers[index - 1]) : 'linear';
        const parameters = this.blocks.block('parameters').address + place;
        kind.inputGradient(layer, work, parameters, x.address, d.address, free.address, below);
      }
      kind.parameterGradient(layer, work, x.address, d.address, {
        ...rule,
        target: target.address + place,
        first: first.address + place,
        second: second.address + place,
      });
      [d, free] = free === delta ? [delta, x] : [free, delta];
    }
    this.inputGradientAt = d;
  }

  /** After `backward`: ∂loss/∂input, rows `[count, inputs]`. */
  inputGradient(count: number): Float32Array {
    const inputs = inputSize(this.spec.layers);
    const rows = new Float32Array(count * inputs);
    this.blocks.copy(this.inputGradientAt!, inputs, rows, count, 'out');
    return rows;
  }

  /** One optimizer step with the accumulated gradients, which are 0 afterwards. */
  apply(step: { learningRate: number; number: number }): void {
    const { kernels, moments } = this.blocks;
    const { rule, learningRate, epsilon, shrink } = this.rule(step);
    const { address } = this.blocks.block('parameters');
    const gradients = this.blocks.block('gradients').address;
    const [first, second] = [moments[0]?.address ?? address, moments[1]?.address ?? address];
    const vectors = placeLayers(this.spec.layers).bytes >>> 4;
    const numbers = [learningRate, epsilon, shrink] as const;
    kernels.update(rule, address, first, second, gradients, vectors, ...numbers);
    kernels.clear(gradients, vectors);
  }

  private rule(
    step: { learningRate: number; number: number } | null,
  ): StepNumbers & { readonly rule: number } {
    if (!step) return { rule: RULE_CODES.accumulate, learningRate: 0, epsilon: 0, shrink: 0 };
    const { optimizer, decay } = this.spec;
    const numbers = OPTIMIZERS[optimizer].numbers({ learningRate: step.learningRate, decay }, step.number);
    return { rule: RULE_CODES[optimizer], ...numbers };
  }
}
