/** Words of the network's drawing, cuts, prices and labels. */
export const networkText = {
  heading: 'Network',
  device: (rank: number) => `Device ${rank + 1}`,
  input: 'image',
  output: 'classes',
  layer: (number: number, short: boolean) => (short ? String(number) : `layer ${number}`),
  drawing: (layers: string, partitions: number) =>
    `A network of ${layers} units, cut into ${partitions} ${partitions === 1 ? 'partition' : 'partitions'}.`,
  cutsLabel: 'Cuts',
  cutName: (index: number, of: number) => `Cut ${index + 1} of ${of}`,
  cutValue: (after: number, width: number) => `after layer ${after}, ${width} units`,
  partitions: (count: number) => (count === 1 ? '1 partition, nothing is cut' : `${count} partitions`),
  addCut: 'Add a cut',
  removeCut: 'Remove a cut',
  price: (memory: string, compute: string) => `${memory} · ${compute} a step`,
  devices: 'What each device holds',
  modelled: 'modelled',
  measured: 'measured',
  conventional: 'Conventional, one device',
  parameters: 'Parameters',
  optimizer: 'Optimiser state',
  activations: 'Activations',
  labels: 'Labels',
  data: 'Images',
  gradients: 'Gradients',
  memory: 'Memory',
  flopsPerStep: 'Compute per step',
  bytesPerStep: 'Sent per step',
  ofConventional: (memory: string, compute: string) =>
    `${memory} of conventional’s training memory, ${compute} of its compute.`,
  summary: (share: string) =>
    `The largest SIL device needs ${share} of conventional’s training memory, and nothing is sent while training.`,
  summaryNote: 'Modelled from the layers; training memory is everything but the images.',
  working: 'training',
  loss: (value: string) => `loss ${value}`,
  steps: (value: string) => `step ${value}`,
  labelHeading: (index: number) => `Labels at cut ${index + 1}`,
  labelCaption: (code: string, scale: string, classes: number, width: number) =>
    `${code}, scale ${scale}: one vector of ${width} numbers for each of ${classes} classes.`,
  heatName: (index: number, classes: number, width: number) =>
    `Heat map of the label vectors at cut ${index + 1}: ${classes} rows, one per class, ${width} columns, one per unit.`,
  /** The low end of the heat map's colours. */
  minus: (value: string) => (value === '0' ? '0' : `−${value}`),
  rows: 'rows: classes, columns: units',
  nearest: 'Nearest label',
  joined: 'Joined network',
  nearestNote: 'How often the left part’s answer is nearest to the right label vector.',
} as const;
