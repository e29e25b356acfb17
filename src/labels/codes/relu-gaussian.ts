import type { LabelCodeInfo } from './code.ts';
import { gaussianRows, scaledRows } from '../rows.ts';

export const reluGaussian: LabelCodeInfo = {
  label: 'Rectified Gaussian',
  description: 'Normal numbers with the negative ones set to 0, for a ReLU boundary; ties with Gaussian.',
  scaleMeans: 'Standard deviation before the negative half is set to 0; the rms is this ÷ √2.',
  boundary: 'relu',
  defaultScale: 2,
  settings: [],
  generate: (classes, width, scale, random) => {
    const rows = scaledRows(gaussianRows(classes, width, random), scale);
    for (let i = 0; i < rows.length; i++) if (!(rows[i] > 0)) rows[i] = 0;
    return rows;
  },
  python: 'return np.maximum(stream.normals(classes * width).reshape(classes, width) * scale, 0)',
};
