import type { LabelCodeInfo } from './code.ts';

export const uniform: LabelCodeInfo = {
  label: 'Uniform',
  description:
    'Independent numbers from 0 to 1, not centred; worse than Gaussian, and the most sensitive to the initial scale.',
  scaleMeans: 'Upper end of the range; the rms is this ÷ √3.',
  boundary: 'linear',
  defaultScale: 1,
  settings: [],
  generate: (classes, width, scale, random) => {
    const rows = new Float32Array(classes * width);
    // 24 of the 32 bits, all a float32 can hold: a full word could round up to 1, outside the range.
    for (let i = 0; i < rows.length; i++) rows[i] = ((random.word() >>> 8) / 0x100_0000) * scale;
    return rows;
  },
  python: 'return (stream.words(classes * width) >> U32(8)).reshape(classes, width) / 2**24 * scale',
};
