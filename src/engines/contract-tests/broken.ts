/** What is no number shows in the loss: by it alone a run is known to have diverged. */
import { expect, it } from 'vitest';
import { OPTIMIZER_IDS } from '../../network/optimizers/registry.ts';
import { ACTIVATIONS, type HiddenLayer } from '../../network/spec.ts';
import { imagesIn, make, stageWith, type Made } from './made.ts';
import type { Pair } from './pair.ts';

/** Odd widths and whole vectors take other kernels. */
const NETWORKS: readonly (readonly HiddenLayer[])[] = [
  [10, 9, 8, 5],
  [16, 16, 'ln', 16, 8],
];

export function hidesNothing(pair: Pair): void {
  const made = (more: Partial<Parameters<typeof make>[0]>) =>
    make({ widths: NETWORKS[0], batch: 5, samples: 10, ...more }, 'local');

  /** What training and a look at the same images say of weights of which one is NaN, and what becomes of them. */
  async function broken({ spec, ...rest }: Made, at: number) {
    const parameters = spec.parameters.slice();
    parameters[(at + parameters.length) % parameters.length] = NaN;
    const stage = await stageWith(pair.engine, { ...rest, spec: { ...spec, parameters } });
    const { score } = await stage.infer(imagesIn('test', [0, 1, 2, 3, 4]), { score: true });
    const { losses } = await stage.train(rest.request);
    const after = await stage.readParameters();
    stage.dispose();
    return { losses: [score!.loss, ...losses], after };
  }

  it.each(ACTIVATIONS)('a unit behind %s that answers with NaN shows in the loss', async (activation) => {
    for (const widths of NETWORKS) {
      const { losses } = await broken(made({ widths, activation }), 0);
      expect(losses.filter(Number.isFinite), `${widths.join('-')}: ${losses.join(', ')}`).toEqual([]);
    }
  });

  it.each(['classes', 'labels', 'labels and classes'] as const)(
    'an output that is NaN shows in the loss of %s, though it is one of many',
    async (objective) => {
      const { losses } = await broken(made({ objective }), -1);
      expect(losses.filter(Number.isFinite), losses.join(', ')).toEqual([]);
    },
  );

  it.each(OPTIMIZER_IDS)('%s takes NaN for no direction: the weights show it', async (optimizer) => {
    const { after } = await broken(made({ optimizer }), 0);
    expect(after.filter(Number.isFinite)).toHaveLength(0);
  });
}
