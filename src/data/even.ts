/** A training set in which every class has as many images as any other. */
import { CATALOGUE } from './catalogue.ts';
import type { Dataset } from './dataset.ts';
import { datasetDigest } from './digest.ts';
import { number } from './words.ts';
import { standardise } from './standardise.ts';

/**
 * Evens out the training images: every class gets the mean number of them. A rarer class repeats its images in order, a
 * commoner one leaves out its last. Test images stay as they are.
 *
 * A sample may be far from the evenness of the set that it was taken from, and SIL's first partition minds.
 */
export async function evenClasses(dataset: Dataset): Promise<Dataset> {
  const { train, test, classes, pixels } = dataset;
  const members: number[][] = Array.from({ length: classes }, () => []);
  for (let n = 0; n < train.count; n++) members[train.labels[n]].push(n);
  const present = members.filter((own) => own.length > 0);
  const each = Math.round(train.count / present.length);
  const count = each * present.length;
  const images = new Uint8Array(count * pixels);
  const labels = new Uint8Array(count);
  present.forEach((own, index) => {
    for (let i = 0; i < each; i++) {
      const from = own[i % own.length];
      // Class after class in turn, so that any run of images is even, too.
      const to = i * present.length + index;
      images.set(train.images.subarray(from * pixels, (from + 1) * pixels), to * pixels);
      labels[to] = train.labels[from];
    }
  });
  const { label } = CATALOGUE[dataset.id];
  const sort = dataset.sample ? 'sample with even classes' : 'with even classes';
  const even = { ...dataset, train: { images, labels, count } };
  return {
    ...even,
    name: `${label} (${sort}: ${number(count)} train, ${number(test.count)} test)`,
    digest: await datasetDigest(even),
    ...standardise(images, label),
  };
}
