import { Random } from '../../network/random.ts';
import { none } from './none.ts';
import type { BalanceInfo, Epoch } from './balance.ts';

export const sampling: BalanceInfo = {
  label: 'Sampling',
  description:
    'Every class is drawn as often in an epoch: images of rare classes come more than once, of common ones other images each time.',
  order: evenOrder,
  weights: null,
  python: {
    order: `
members = [np.flatnonzero(labels == label) for label in range(CONFIG["classes"])]
drawn = [own[Stream(CONFIG["seed"], "sampling", epoch, label).permutation(len(own))]
         for label, own in enumerate(members) if len(own)]
slots = Stream(CONFIG["seed"], "shuffle", epoch).permutation(len(labels))
chosen = ((drawn[(slot + epoch) % len(drawn)], slot // len(drawn)) for slot in slots.tolist())
return np.array([own[turn % len(own)] for own, turn in chosen])
`,
    weights: none.python.weights,
  },
};

/**
 * As many images as there are, each class as often (give or take one). An image is taken again only when all others of its
 * class have been, and of a common class each epoch takes another random part.
 */
function evenOrder({ seed, epoch, labels, classes }: Epoch): Uint32Array {
  const members: number[][] = Array.from({ length: classes }, () => []);
  labels.forEach((label, image) => members[label].push(image));
  const drawn = members.flatMap((own, label) => {
    if (own.length === 0) return [];
    return [
      Random.for(seed, 'sampling', epoch, label)
        .permutation(own.length)
        .map((place) => own[place]),
    ];
  });
  // Slot after slot belongs to class after class; the epoch turns them, so that no class always has one more.
  return Random.for(seed, 'shuffle', epoch)
    .permutation(labels.length)
    .map((slot) => {
      const own = drawn[(slot + epoch) % drawn.length];
      return own[Math.floor(slot / drawn.length) % own.length];
    });
}
