import { RMS, type LabelCodeInfo } from './code.ts';
import { distinctRows } from '../rows.ts';

export const sign: LabelCodeInfo = {
  label: 'Plus or minus one',
  description: 'Every entry is +1 or −1 by the toss of a coin; ties with Gaussian.',
  scaleMeans: RMS,
  boundary: 'linear',
  defaultScale: 1,
  settings: [],
  generate: (classes, width, scale, random) =>
    distinctRows(classes, width, (row) => {
      for (let i = 0; i < width; i++) row[i] = random.word() >>> 31 ? scale : -scale;
    }),
  python: 'return distinct(classes, width, lambda: np.where(stream.words(width) >> U32(31), scale, -scale))',
};
