import { RMS, type LabelCodeInfo } from './code.ts';
import { orthonormalRows, scaledRows } from '../rows.ts';

export const orthogonal: LabelCodeInfo = {
  label: 'Orthogonal',
  description: 'Random vectors at right angles to each other; ties with Gaussian.',
  scaleMeans: RMS,
  boundary: 'linear',
  defaultScale: 1,
  settings: [],
  remark: (classes, width) =>
    classes <= width
      ? null
      : `${classes} vectors cannot all be at right angles in ${width} units, so only runs of ${width} classes are.`,
  // An orthonormal row has length 1, an rms of 1 / √width.
  generate: (classes, width, scale, random) =>
    scaledRows(orthonormalRows(classes, width, random, false), scale * Math.sqrt(width)),
  python: 'return orthonormal(classes, width, stream, False) * (scale * math.sqrt(width))',
};
