/** Parameters that a device holds in part, or for a while. */
import { expect, it } from 'vitest';
import { OPTIMIZER_IDS, OPTIMIZERS } from '../../network/optimizers/registry.ts';
import { expectClose } from './close.ts';
import { DECAY, imagesIn, make, stageWith } from './made.ts';
import type { Pair } from './pair.ts';

export function sharesParameters(pair: Pair): void {
  it('works with gathered parameters as with its own, and holds them only until they are released', async () => {
    const made = make({ widths: [16, 12, 8], batch: 8, samples: 24, objective: 'classes' }, 'exchange');
    const { spec } = made;
    const input = imagesIn('train', [3, 1, 4, 1, 5]);
    const owner = await stageWith(pair.engine, made);
    const { score: expected } = await owner.forward(0, input);
    await owner.backward(0, { divisor: 5 });
    const gradients = await owner.readGradients();
    owner.dispose();

    const gathered = await stageWith(pair.engine, {
      ...made,
      spec: { ...spec, training: 'gathered', parameters: new Float32Array(0) },
    });
    const kinds = () => {
      const { parameters, gradients: held, optimizer } = pair.engine.memory().byKind;
      return { parameters, gradients: held, optimizer };
    };
    const nothing = { parameters: 0, gradients: 0, optimizer: 0 };
    const bytes = 4 * spec.parameters.length;
    expect(kinds()).toEqual(nothing);
    await expect(gathered.forward(0, input)).rejects.toThrow(/gather some/);
    await gathered.holdGathered(spec.parameters, 'forward');
    expect(kinds()).toEqual({ ...nothing, parameters: bytes });
    expect((await gathered.forward(0, input)).score).toEqual(expected);
    await expect(gathered.backward(0, { divisor: 5 })).rejects.toThrow(/gather some/);
    await gathered.release();
    expect(kinds()).toEqual(nothing);
    await gathered.holdGathered(spec.parameters, 'backward');
    expect(kinds()).toEqual({ ...nothing, parameters: bytes, gradients: bytes });
    await gathered.backward(0, { divisor: 5 });
    // The same kernels on the same numbers: the same bits.
    expect(await gathered.readGradients()).toEqual(gradients);
    await expect(gathered.optimizerStep(0.1)).rejects.toThrow(/no optimizer/);
    await expect(gathered.holdGathered(new Float32Array(3), 'forward')).rejects.toThrow(/found 3/);
    gathered.dispose();
    expect(pair.engine.memory().total).toBe(0);
  });

  it.each(OPTIMIZER_IDS)('updates a shard as it updates a whole stage: %s', async (optimizer) => {
    const { spec, random } = make({ widths: [6, 5, 3], batch: 4, samples: 8, optimizer }, 'exchange');
    const whole = await pair.engine.stage(spec);
    // 53 numbers from 10 on: no whole vectors.
    const part = (values: Float32Array) => values.slice(10, 53);
    const shard = await pair.engine.shard(part(spec.parameters), optimizer, DECAY);
    const before = pair.engine.memory().byKind;
    for (let step = 0; step < 3; step++) {
      const gradients = spec.parameters.map(() => random.normal());
      await whole.writeGradients(gradients);
      await whole.optimizerStep(0.01);
      await shard.writeGradients(part(gradients));
      await shard.optimizerStep(0.01);
    }
    expectClose(await shard.read(), part(await whole.readParameters()), 1e-6);
    whole.dispose();
    const { byKind } = pair.engine.memory();
    const bytes = 4 * shard.length;
    expect(byKind.parameters).toBe(bytes);
    expect(byKind.gradients).toBe(bytes);
    expect(byKind.optimizer).toBe(bytes * OPTIMIZERS[optimizer].moments);
    expect(before.parameters).toBe(bytes + 4 * spec.parameters.length);
    shard.dispose();
    const empty = await pair.engine.shard(new Float32Array(0), optimizer, DECAY);
    await empty.writeGradients(new Float32Array(0));
    await empty.optimizerStep(0.01);
    expect(await empty.read()).toEqual(new Float32Array(0));
    empty.dispose();
    const release = pair.engine.hold('workspace', 100);
    expect(pair.engine.memory().total).toBe(100);
    release();
    expect(pair.engine.memory().total).toBe(0);
  });
}
