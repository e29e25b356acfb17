/** What no engine takes, and the sentence that says so. */
import { expect, it } from 'vitest';
import type { Objective } from '../contract.ts';
import { ORDINARY } from './cases.ts';
import { fixedLayers, randomTable } from './ends.ts';
import { make } from './made.ts';
import type { Pair } from './pair.ts';

export function refuses(pair: Pair): void {
  it('refuses parameters that do not fit the layers, with a sentence', async () => {
    const made = make(ORDINARY, 'local');
    await expect(pair.engine.stage({ ...made.spec, parameters: new Float32Array(3) })).rejects.toThrow(
      /found 3/,
    );
  });

  it('refuses weights that are not one for each class, and vectors that do not fit what they lie over', async () => {
    const { spec } = make({ widths: [12, 17, 7], batch: 6, samples: 6 }, 'local');
    await expect(pair.engine.stage({ ...spec, classWeights: new Float32Array(6) })).rejects.toThrow(
      'Expected 7 class weights, found 6.',
    );
    const aims: Objective = { kind: 'fixed', fixed: fixedLayers(12, 7), scale: 1 };
    const classless = { ...spec, objective: aims, classWeights: new Float32Array(7) };
    await expect(pair.engine.stage(classless)).rejects.toThrow('knows no classes');
    const [fixed, table] = [fixedLayers(12, 7), randomTable(6, 9, 4)];
    const misfit = { ...spec, objective: { ...aims, fixed: { ...fixed, table } } };
    await expect(pair.engine.stage(misfit)).rejects.toThrow(
      'Expected 7 numbers in a label over fixed layers, found 9.',
    );
  });
}
