import { Random } from '../../network/random.ts';
import { MIXTURE, type FillRequest, type LabelBatches, type MixInfo } from './mix.ts';

/** Draws from a Pólya urn per sample: weights come in 64ths, finer than the four that are kept need. */
const URN_DRAWS = 64;
/** 1 / 0.1, the Dirichlet concentration that worked best. */
const INVERSE_CONCENTRATION = 10;

export const mixtures: MixInfo = {
  label: 'Mixtures',
  description: 'Random blends of up to four labels; a little better everywhere.',
  fill: fillMixtures,
  python: `
draws, kept = 64, 4
count, classes = CONFIG["batch"], CONFIG["classes"]
uniform = Stream(CONFIG["seed"], "mixtures", feed.rank, step).words(count * draws).reshape(count, draws) / 2**32
rows = np.arange(count)
drawn = np.zeros((count, draws), dtype=np.int64)
counts, first = np.zeros((count, classes), dtype=np.int64), np.full((count, classes), draws)
for i in range(draws):
    pick = (uniform[:, i] * (classes + 10 * i)).astype(np.int64)
    label = np.where(pick < classes, pick, drawn[rows, np.maximum(pick - classes, 0) // 10])
    drawn[:, i] = label
    counts[rows, label] += 1
    first[rows, label] = np.minimum(first[rows, label], i)
# The largest first; of equals, the one drawn first.
order = np.argsort(first - counts * (draws + 1), axis=1)[:, :kept]
shares = np.zeros((count, classes))
np.put_along_axis(shares, order, np.take_along_axis(counts, order, axis=1), axis=1)
shares /= shares.sum(axis=1, keepdims=True)
return torch.from_numpy(shares.astype(np.float32)) @ feed.table, torch.from_numpy(order[:, 0].copy())
`,
};

/**
 * Mixtures with weights from a symmetric Dirichlet(0.1), cut to the four largest; the target is the largest.
 *
 * The weights are the shares after 64 draws of a Pólya urn: draw i is a fresh class, uniformly, with probability
 * 0.1 K / (0.1 K + i), else a copy of an earlier draw. That is exactly how 64 samples from a Dirichlet(0.1) vector fall
 * (Blackwell & MacQueen 1973), in whole numbers, where gamma variates would need logarithms whose last bit differs
 * between machines.
 */
function fillMixtures({ seed, rank, classes, batch, from, to }: FillRequest, out: LabelBatches): void {
  const drawn = new Uint8Array(URN_DRAWS);
  const counts = new Uint8Array(classes);
  let n = 0;
  for (let step = from; step < to; step++) {
    const random = Random.for(seed, 'mixtures', rank, step);
    for (let b = 0; b < batch; b++, n++) {
      const seen: number[] = [];
      for (let i = 0; i < URN_DRAWS; i++) {
        const pick = random.below(classes + INVERSE_CONCENTRATION * i);
        const label = pick < classes ? pick : drawn[Math.floor((pick - classes) / INVERSE_CONCENTRATION)];
        drawn[i] = label;
        if (counts[label]++ === 0) seen.push(label);
      }
      // A stable sort: of equal shares the one drawn first leads, so that no class is favoured.
      const kept = [...seen].sort((a, b) => counts[b] - counts[a]).slice(0, MIXTURE);
      const total = kept.reduce((sum, label) => sum + counts[label], 0);
      kept.forEach((label, slot) => {
        out.classes[n * MIXTURE + slot] = label;
        out.weights[n * MIXTURE + slot] = counts[label] / total;
      });
      out.targets[n] = kept[0];
      for (const label of seen) counts[label] = 0;
    }
  }
}
