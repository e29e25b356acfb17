/** Micro-batch by micro-batch, tensors in and out: what comes out and what the gradients are. */
import { expect, it } from 'vitest';
import { updateParameters } from '../../network/reference.ts';
import { OPTIMIZERS } from '../../network/optimizers/registry.ts';
import type { HiddenLayer } from '../../network/spec.ts';
import { FED_BY_IMAGES, ORDINARY } from './cases.ts';
import { expectClose, expectSameScore } from './close.ts';
import type { Aim } from './ends.ts';
import { DECAY, imagesIn, make, stageWith } from './made.ts';
import type { Pair } from './pair.ts';

export function exchanges(pair: Pair): void {
  it.each(FED_BY_IMAGES)('exchanges like the reference: $name', async (one) => {
    const made = make(one, 'exchange');
    const order = made.random.permutation(Math.min(2 * one.batch, one.samples));
    const halves = [order.subarray(0, one.batch), order.subarray(one.batch)].filter(
      (half) => half.length > 0,
    );
    const [actual, expected] = await pair.both(made, async (stage) => {
      const scores = [];
      for (let microBatch = 0; microBatch < halves.length; microBatch++) {
        const { score } = await stage.forward(microBatch, imagesIn('train', halves[microBatch]));
        scores.push(score!);
      }
      for (let microBatch = 0; microBatch < halves.length; microBatch++) {
        expect(await stage.backward(microBatch, { divisor: order.length })).toBeNull();
      }
      const gradients = await stage.readGradients();
      await stage.optimizerStep(0.01);
      return {
        scores,
        gradients,
        parameters: await stage.readParameters(),
        cleared: await stage.readGradients(),
      };
    });
    expectClose(actual.gradients, expected.gradients);
    // Against the rule applied to the engine's OWN gradients: Adam's first step is rate · g / (|g| + 1e-8), which
    // turns a rounding error of 1e-9 in a gradient near zero into a good part of a whole step.
    const { parameters, optimizer } = made.spec;
    const moments = Array.from(
      { length: OPTIMIZERS[optimizer].moments },
      () => new Float32Array(parameters.length),
    );
    const updated = parameters.slice();
    const rates = { learningRate: 0.01, decay: DECAY };
    updateParameters(optimizer, updated, actual.gradients, moments, rates, 1);
    expectClose(actual.parameters, updated);
    expect(actual.cleared.every((value) => value === 0)).toBe(true);
    actual.scores.forEach((score, i) => {
      expectSameScore(score, expected.scores[i]);
      expect(score.count).toBe(halves[i].length);
    });
  });

  it('gives its output beside its score where both are wanted', async () => {
    const made = make(ORDINARY, 'exchange');
    const input = imagesIn('test', [3, 1, 4]);
    const [actual, expected] = await pair.both(made, async (stage) => {
      const { output, score } = await stage.forward(0, input, { output: true });
      expect((await stage.forward(1, input)).output).toBeUndefined();
      await stage.backward(0, { divisor: 3 });
      return { output: output!, score, gradients: await stage.readGradients() };
    });
    expectClose(actual.output, expected.output);
    expectSameScore(actual.score, expected.score);
    expectClose(actual.gradients, expected.gradients);
  });

  it.each<[string, readonly HiddenLayer[], Aim]>([
    ['dense layers', [6, 5, 4], 'classes'],
    ['layer normalisation', [6, 5, 'ln', 7, 'ln', 4], 'classes'],
    ['distances to labels and classes', [6, 5, 4], 'labels and classes'],
    ['distances to what fixed layers give', [6, 5, 4], 'fixed layers'],
    ['distances to labels over that', [6, 5, 4], 'labels over layers'],
  ])('agrees with finite differences of its own loss: %s', async (_, widths, objective) => {
    // Central differences with h = 1e-2 on a smooth (tanh) network: truncation ~h² ≈ 1e-4, rounding ~1e-7 / h ≈ 1e-5,
    // relative to gradients of size ~0.1; 2% of the largest gradient is a safe bound that a wrong factor breaks.
    const made = make({ widths, batch: 8, samples: 8, objective }, 'exchange');
    const stage = await stageWith(pair.engine, made);
    const input = imagesIn('train', [0, 1, 2, 3, 4, 5, 6, 7]);
    await stage.forward(0, input);
    await stage.backward(0, { divisor: 8 });
    const gradients = await stage.readGradients();
    const parameters = await stage.readParameters();
    const numeric = new Float32Array(parameters.length);
    const h = 1e-2;
    for (let i = 0; i < parameters.length; i++) {
      const lossAt = async (value: number) => {
        const moved = parameters.slice();
        moved[i] = value;
        await stage.writeParameters(moved);
        return (await stage.infer(input, { score: true })).score!.loss / 8;
      };
      numeric[i] = ((await lossAt(parameters[i] + h)) - (await lossAt(parameters[i] - h))) / (2 * h);
    }
    stage.dispose();
    expectClose(gradients, numeric, 2e-2);
  });
}
