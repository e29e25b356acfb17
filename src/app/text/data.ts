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
  asking: 'What are these files?',
  guessed: {
    roles: 'Neither names nor counts say which files are to train on.',
    pairs: 'Nothing says which labels belong to which pictures.',
    set: 'Neither names nor counts say which data set this is.',
    upright: 'The pictures do not tell which way is up.',
  },
  understood: (name: string, train: string, test: string) =>
    `As they are understood now: ${name}, ${train} to train on and ${test} to test. Each character has its label below it.`,
  turn: 'Turn',
  mirror: 'Mirror',
  swap: 'Swap train and test',
  exchange: 'Exchange the labels',
  otherSet: 'Data set',
  useThese: 'Use these',
  cancelFiles: 'Cancel',
  files: 'Choose files…',
  drop: 'or drop EMNIST files anywhere on the page: the four .gz files of a split, or NIST’s gzip.zip',
} as const;
