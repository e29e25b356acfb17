import { Random } from '../../network/random.ts';
import { MIXTURE, type FillRequest, type LabelBatches, type MixInfo } from './mix.ts';

export const pure: MixInfo = {
  label: 'Pure labels',
  description: 'As in the paper: one input per class, and nothing else.',
  fill: fillPure,
  python: `
count, classes = CONFIG["batch"], CONFIG["classes"]
first = step * count
start, end = first // classes, (first + count - 1) // classes + 1
rounds = [Stream(CONFIG["seed"], "label-order", feed.rank, one).permutation(classes) for one in range(start, end)]
targets = torch.from_numpy(np.concatenate(rounds)[first - start * classes :][:count])
return feed.table[targets], targets
`,
};

/** One class a sample, weight 1, in shuffled rounds of all classes: each is seen equally often, in no fixed order. */
function fillPure({ seed, rank, classes, batch, from }: FillRequest, out: LabelBatches): void {
  const first = from * batch;
  let round = -1;
  let order = new Uint32Array(0);
  for (let n = 0; n < out.targets.length; n++) {
    const sample = first + n;
    if (Math.floor(sample / classes) !== round) {
      round = Math.floor(sample / classes);
      order = new Uint32Array(Random.for(seed, 'label-order', rank, round).permutation(classes));
    }
    const label = order[sample % classes];
    out.classes[n * MIXTURE] = label;
    out.weights[n * MIXTURE] = 1;
    out.targets[n] = label;
  }
}
