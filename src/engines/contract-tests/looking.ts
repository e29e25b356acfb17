/** What a stage says of its layers when asked. */
import { expect, it } from 'vitest';
import { unflattenParameters } from '../../network/layers/layers.ts';
import type { StageSpec } from '../contract.ts';
import { EngineError } from '../errors.ts';
import { FED_BY_IMAGES, ORDINARY } from './cases.ts';
import { expectClose } from './close.ts';
import { imagesIn, make } from './made.ts';
import type { Pair } from './pair.ts';

export function canBeLookedInto(pair: Pair): void {
  it.each(FED_BY_IMAGES)('can be looked into: $name', async (one) => {
    const made = make(one, 'exchange');
    const order = made.random.permutation(one.batch);
    const input = imagesIn('test', order);
    const [actual, expected] = await pair.both(made, async (stage) => {
      await stage.forward(1, input);
      await expect(stage.look(input)).rejects.toThrow('micro-batch in flight');
      await stage.backward(1, { divisor: order.length });
      const gradients = await stage.readGradients();
      const { outputs, gradientNorms } = await stage.look(input, { gradients: true });
      // What was accumulated is there still, and so is everything else.
      expect(await stage.readGradients()).toEqual(gradients);
      expect(await stage.readParameters()).toEqual(made.spec.parameters);
      expect(await stage.look(input)).toEqual({ outputs });
      return { gradients, outputs, gradientNorms: gradientNorms! };
    });
    const { layers } = made.spec;
    expect(actual.outputs).toHaveLength(layers.length);
    actual.outputs.forEach((rows, index) => expectClose(rows, expected.outputs[index]));
    expectClose(actual.gradientNorms, expected.gradientNorms);
    // The one batch's gradients, which were read as numbers before.
    unflattenParameters(layers, expected.gradients).forEach((own, index) => {
      const all = Object.values(own).flatMap((values) => [...values]);
      expectClose([expected.gradientNorms[index]], [Math.hypot(...all)], 1e-5);
    });
  });

  it('refuses looks that it cannot have', async () => {
    const made = make(ORDINARY, 'exchange');
    const input = { kind: 'activations', count: 1, values: new Float32Array(7) } as const;
    const spec: StageSpec = { ...made.spec, source: { kind: 'activations', shape: [7] } };
    const refusal = async (change: Partial<StageSpec>, count: number, gradients: boolean) => {
      const stage = await pair.engine.stage({ ...spec, ...change });
      const values = new Float32Array(7 * count);
      const work = stage.look({ ...input, count, values }, { gradients });
      await expect(work).rejects.toThrow(EngineError);
      stage.dispose();
      return work.catch((error: Error) => error.message);
    };
    expect(await refusal({ training: 'local' }, 1, false)).toContain('exchanges tensors');
    expect(await refusal({}, made.spec.batch + 1, false)).toContain('more than this stage');
    expect(await refusal({ objective: null }, 1, true)).toContain('no objective');
    expect(await refusal({}, 1, true)).toContain('needs targets');
  });
}
