/** What a stage holds: parameters and moments that move to another one, and memory. */
import { expect, it } from 'vitest';
import { countParameters } from '../../network/layers/layers.ts';
import { CLASSES_OF_LABELS, make, stageWith } from './made.ts';
import type { Pair } from './pair.ts';

export function keepsItsState(pair: Pair): void {
  it('restores parameters and optimizer, and then continues the same', async () => {
    const made = make({ widths: [12, 10, 4], batch: 4, samples: 16 }, 'local');
    const first = await stageWith(pair.engine, made);
    await first.train(made.request);
    const second = await stageWith(pair.engine, made);
    await second.writeParameters(await first.readParameters());
    await second.writeOptimizer(await first.readOptimizer());
    await first.train(made.request);
    await second.train(made.request);
    expect([...(await second.readParameters())]).toEqual([...(await first.readParameters())]);
    first.dispose();
    second.dispose();
  });

  it('counts its memory: exact for parameters, optimizer, gradients, labels and data; 0 afterwards', async () => {
    const before = pair.engine.memory().total;
    expect(before).toBe(0);
    for (const training of ['local', 'exchange'] as const) {
      const made = make({ widths: [16, 12, 8], batch: 8, samples: 24, objective: 'labels' }, training);
      const stage = await stageWith(pair.engine, made);
      const { byKind, total, peak } = pair.engine.memory();
      const bytes = 4 * countParameters(made.spec.layers);
      expect(byKind.parameters).toBe(bytes);
      expect(byKind.optimizer).toBe(2 * bytes);
      expect(byKind.gradients).toBe(training === 'exchange' ? bytes : 0);
      expect(byKind.labels).toBe(4 * CLASSES_OF_LABELS * 8);
      expect(byKind.data).toBe(2 * (24 * 16 + 24));
      expect(peak).toBeGreaterThanOrEqual(total);
      stage.dispose();
      expect(pair.engine.memory().total).toBe(0);
    }
  });
}
