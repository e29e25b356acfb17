import { RMS, type LabelCodeInfo } from './code.ts';
import { orthonormalRows, scaledRows } from '../rows.ts';

export const simplex: LabelCodeInfo = {
  label: 'Simplex',
  description: 'Vectors as far from each other as they can all be at once; ties with Gaussian.',
  scaleMeans: RMS,
  boundary: 'linear',
  defaultScale: 1,
  settings: [],
  remark: (classes, width) =>
    classes <= width
      ? null
      : `${classes} vectors do not fit one simplex in ${width} units, so runs of ${width} classes have one each.`,
  generate: (classes, width, scale, random) =>
    scaledRows(orthonormalRows(classes, width, random, true), scale * Math.sqrt(width)),
  python: 'return orthonormal(classes, width, stream, True) * (scale * math.sqrt(width))',
};
