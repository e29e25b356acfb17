/** Forward without training, from images and from activations. */
import { expect, it } from 'vitest';
import { inputSize } from '../../network/layers/layers.ts';
import type { Stage, StageInput } from '../contract.ts';
import { FED_BY_IMAGES, caseNamed } from './cases.ts';
import { expectClose, expectSameScore } from './close.ts';
import { imagesIn, make, type Made } from './made.ts';
import type { Pair } from './pair.ts';

export function infers(pair: Pair): void {
  it.each(FED_BY_IMAGES)('infers like the reference: $name', async (one) => {
    const made = make(one, 'local');
    const order = Uint32Array.from({ length: one.samples * 2 + 1 }, (_, i) => (i * 7) % one.samples);
    const [actual, expected] = await pair.both(made, (stage) =>
      stage.infer(imagesIn('test', order), { output: true, score: true }),
    );
    expectClose(actual.output!, expected.output!);
    expectSameScore(actual.score, expected.score);
    expect(actual.score!.count).toBe(order.length);
  });

  it('infers from activations on a stage trained on labels', async () => {
    const made = make(caseNamed('distances to wide labels and classes'), 'local');
    const input = activationsFor(made, 21, 1);
    const [actual, expected] = await pair.both(made, (stage) =>
      stage.infer(input, { output: true, score: true }),
    );
    expectClose(actual.output!, expected.output!);
    expectSameScore(actual.score, expected.score);
  });

  it('says no loss of activations where its aims need images, and counts the nearest labels still', async () => {
    const made = make(caseNamed('swapped labels over fixed layers to others'), 'local');
    const input = activationsFor(made, 21, 3);
    const [actual, expected] = await pair.both(made, async (stage) => {
      await stage.train(made.request);
      return stage.infer(input, { output: true, score: true });
    });
    expectClose(actual.output!, expected.output!);
    expect(actual.score).toEqual({ loss: NaN, correct: expected.score!.correct, count: 21 });
    expect(expected.score!.correct).toBeGreaterThan(0);
  });

  it('counts weights of classes in training alone: what it infers is scored plainly', async () => {
    const one = { widths: [12, 17, 7], batch: 6, samples: 6 };
    const plain = make(one, 'exchange');
    const weighted = make({ ...one, weighted: true }, 'exchange');
    const input = imagesIn('train', [0, 1, 2, 3, 4, 5]);
    const scores = async (stage: Stage) => {
      const inferred = await stage.infer(input, { score: true });
      const trained = await stage.forward(0, input);
      return [inferred.score!.loss, trained.score!.loss];
    };
    const [[inferred, trained], [, expected]] = await pair.both(weighted, scores);
    const [[as]] = await pair.both(plain, scores);
    expect(inferred).toBe(as);
    expectClose([trained], [expected]);
    expect(Math.abs(trained - inferred)).toBeGreaterThan(0.1);
  });
}

/** Inputs of a stage that nobody has made, with classes that they might be of. */
function activationsFor({ spec, random, classes }: Made, count: number, std: number): StageInput {
  const width = inputSize(spec.layers);
  const values = Float32Array.from({ length: count * width }, () => std * random.normal());
  const targets = Uint8Array.from({ length: count }, () => random.below(classes));
  return { kind: 'activations', count, values, targets };
}
