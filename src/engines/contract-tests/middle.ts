/** A stage between two others: activations come in, and the gradient of the next one back. */
import { expect, it } from 'vitest';
import { initialParameters } from '../../network/initialise.ts';
import { Random } from '../../network/random.ts';
import type { LayerSpec } from '../../network/layers/layers.ts';
import type { StageSpec } from '../contract.ts';
import { ORDINARY } from './cases.ts';
import { expectClose } from './close.ts';
import { make } from './made.ts';
import type { Pair } from './pair.ts';

export function standsInTheMiddle(pair: Pair): void {
  it('passes activations forward and gradients back through a middle stage', async () => {
    const layers: LayerSpec[] = [
      { kind: 'dense', inputs: 11, outputs: 9, activation: 'relu' },
      { kind: 'dense', inputs: 9, outputs: 5, activation: 'tanh' },
    ];
    const random = Random.for(2, 'test-middle');
    const numbers = (count: number) => Float32Array.from({ length: count }, () => random.normal());
    const spec = middle(layers, {
      optimizer: 'momentum',
      source: { kind: 'activations', shape: [11] },
      inFlight: 3,
    });
    const counts = [6, 6, 3];
    const inputs = counts.map((count) => numbers(count * 11));
    const gradients = counts.map((count) => numbers(count * 5));
    const [actual, expected] = await pair.both({ ...make(ORDINARY, 'exchange'), spec }, async (stage) => {
      const outputs: Float32Array[] = [];
      for (let m = 0; m < 3; m++) {
        const { output } = await stage.forward(m, {
          kind: 'activations',
          count: counts[m],
          values: inputs[m],
        });
        outputs.push(output!);
      }
      const back: Float32Array[] = [];
      for (const m of [2, 0, 1])
        back.push((await stage.backward(m, { gradient: gradients[m], divisor: 15 }))!);
      const sum = await stage.readGradients();
      await stage.writeGradients(sum.map((value) => value / 2));
      await stage.optimizerStep(0.1);
      return { outputs, back, sum, parameters: await stage.readParameters() };
    });
    actual.outputs.forEach((output, i) => expectClose(output, expected.outputs[i]));
    actual.back.forEach((gradient, i) => expectClose(gradient, expected.back[i]));
    expectClose(actual.sum, expected.sum);
    expectClose(actual.parameters, expected.parameters);
  });

  it('gives no input gradient where nobody asks for it, and the same parameter gradients', async () => {
    const layers: LayerSpec[] = [
      { kind: 'dense', inputs: 7, outputs: 9, activation: 'relu' },
      { kind: 'dense', inputs: 9, outputs: 5, activation: 'linear' },
    ];
    const random = Random.for(5, 'test-end');
    const values = Float32Array.from({ length: 6 * 7 }, () => random.normal());
    const gradient = Float32Array.from({ length: 6 * 5 }, () => random.normal());
    const result = async (asked: boolean) => {
      const source = { kind: 'activations', shape: [7], gradient: asked } as const;
      const stage = await pair.engine.stage(middle(layers, { optimizer: 'sgd', source }));
      await stage.forward(0, { kind: 'activations', count: 6, values });
      const back = await stage.backward(0, { gradient, divisor: 6 });
      const gradients = await stage.readGradients();
      stage.dispose();
      return { back, gradients };
    };
    const [asked, not] = [await result(true), await result(false)];
    expect(asked.back).toHaveLength(6 * 7);
    expect(not.back).toBeNull();
    expect(not.gradients).toEqual(asked.gradients);
  });
}

/** Of two layers, trained by exchange. */
const middle = (
  layers: readonly LayerSpec[],
  more: Pick<StageSpec, 'optimizer' | 'source'> & Partial<StageSpec>,
): StageSpec => ({
  ...{ layers, parameters: initialParameters(layers, 4) },
  ...{ batch: 6, decay: 0, objective: null, training: 'exchange' },
  ...more,
});
