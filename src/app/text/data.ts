/** Words of the data panel. */
export const dataText = {
  heading: 'Data',
  none: 'No data yet.',
  facts: (train: string, test: string, classes: number) =>
    `${train} to train on, ${test} to test, ${classes} classes`,
  verified: {
    official: 'official bytes',
    differs: 'not the official bytes',
  },
  sample: 'sample',
  sampleImages: (name: string) => `One character of each class of ${name}`,
  get: (label: string, size: string) => `Get ${label} (${size})`,
  sets: 'Data sets',
  where: {
    'beside-app': (size: string) => `Beside the app, ${size}.`,
    cache: (size: string) => `In this browser, ${size}.`,
    mirror: (size: string) => `Download of ${size}.`,
    nowhere: () => 'Not here: drop its files.',
  },
  use: (label: string) => `Use ${label}`,
  inUse: 'in use',
  forget: (label: string) => `Forget ${label}`,
  forgotten: (label: string) => `Forgot ${label}.`,
  undo: 'Undo',
  phases: { download: 'Downloading', unpack: 'Unpacking' },
  progress: (what: string, loaded: string, total: string | null) =>
    total === null ? `${what} ${loaded}` : `${what} ${loaded} of ${total}`,
  cancel: 'Cancel',
  files: 'Choose files…',
  drop: 'or drop EMNIST files here: the four .gz files of a split, or NIST’s gzip.zip',
  failed: 'The data could not be loaded.',
} as const;
