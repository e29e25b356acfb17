import { classCounts, type BalanceInfo } from './balance.ts';
import { none } from './none.ts';

export const weights: BalanceInfo = {
  label: 'Weights',
  description: 'Every training image once an epoch, but a loss counts the more the rarer its class is.',
  order: null,
  weights: inverseFrequency,
  python: {
    order: none.python.order,
    weights: `
counts = np.bincount(labels, minlength=CONFIG["classes"])
present = np.count_nonzero(counts)
weights = np.where(counts > 0, len(labels) / (present * np.maximum(counts, 1)), 1)
return torch.from_numpy(weights.astype(np.float32))
`,
  },
};

/** images / (classes that occur · images of the class): 1 on average over the images; 1 for classes without any. */
function inverseFrequency(labels: Uint8Array, classes: number): Float32Array {
  const counts = classCounts(labels, classes);
  const present = counts.filter((count) => count > 0).length;
  return Float32Array.from(counts, (count) => (count > 0 ? labels.length / (present * count) : 1));
}
