import { RMS, type LabelCodeInfo } from './code.ts';
import { gaussianRows, scaledRows } from '../rows.ts';

export const gaussian: LabelCodeInfo = {
  label: 'Gaussian',
  description:
    'Independent normal numbers, as in the paper; ties with conventional training at a cut after layer 3.',
  scaleMeans: RMS,
  boundary: 'linear',
  defaultScale: 1,
  settings: [],
  generate: (classes, width, scale, random) => scaledRows(gaussianRows(classes, width, random), scale),
  python: 'return stream.normals(classes * width).reshape(classes, width) * scale',
};
