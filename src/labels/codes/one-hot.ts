import type { LabelCodeInfo } from './code.ts';

export const oneHot: LabelCodeInfo = {
  label: 'One-hot blocks',
  description: 'Each class has its own block of units at 1, the rest are 0; worse than Gaussian.',
  scaleMeans: 'Height of the ones.',
  boundary: 'linear',
  defaultScale: 1,
  settings: [],
  remark: (classes, width) =>
    classes <= width ? null : `${width} units are too few for ${classes} blocks, so some classes share one.`,
  generate: (classes, width, scale) => {
    const rows = new Float32Array(classes * width);
    for (let unit = 0; unit < Math.max(width, classes); unit++) {
      const label = width >= classes ? Math.floor((unit * classes) / width) : unit;
      rows[label * width + (unit % width)] = scale;
    }
    return rows;
  },
  python: `
rows = np.zeros((classes, width))
for unit in range(max(width, classes)):
    label = unit * classes // width if width >= classes else unit
    rows[label, unit % width] = scale
return rows
`,
};
