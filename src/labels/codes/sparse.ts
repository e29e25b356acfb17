import type { LabelCodeInfo } from './code.ts';
import { distinctRows } from '../rows.ts';

/** Ones per class: at least one, so that no class is the zero vector. */
export function onesPerClass(width: number, sparsity: number): number {
  return Math.min(width, Math.max(1, Math.round(sparsity * width)));
}

export const sparse: LabelCodeInfo = {
  label: 'Sparse',
  description:
    'A few ones among zeros, for a ReLU boundary; ties with Gaussian at late cuts, much better at early ones.',
  scaleMeans: 'Height of the ones.',
  boundary: 'relu',
  defaultScale: 2,
  settings: ['sparsity'],
  generate: (classes, width, scale, random, { sparsity }) => {
    const ones = onesPerClass(width, sparsity);
    return distinctRows(classes, width, (row) => {
      row.fill(0);
      // Floyd's sampling: `ones` different units, each set equally likely, in exactly `ones` draws.
      for (let last = width - ones; last < width; last++) {
        const unit = random.below(last + 1);
        row[row[unit] === 0 ? unit : last] = scale;
      }
    });
  },
  python: `
def draw():
    row = np.zeros(width, dtype=np.float32)
    ones = min(width, max(1, math.floor(sparsity * width + 0.5)))
    for last in range(width - ones, width):
        unit = stream.below(last + 1)
        row[unit if row[unit] == 0 else last] = scale
    return row

return distinct(classes, width, draw)
`,
};
