/** What the lab says to a person at a terminal. */
export const labText = {
  badJobs: (most: number, found: string) =>
    `--jobs takes a whole number from 1 to ${most}, but found "${found}".`,
  noName: (option: string) => `${option} takes a name, but found an empty one.`,
  noFolder: (path: string, folder: string) =>
    `${path} cannot be written: there is no folder ${folder}. Make it, or name another place.`,
  isFolder: (path: string) => `${path} cannot be written: it is a folder. Name a file.`,
  isFile: (path: string) => `${path} cannot hold finished runs: it is a file, or lies in one. Name a folder.`,
  noRoom: (path: string) => `${path} could not be written: there is no room left on the disk.`,
  notAllowed: (path: string) => `${path} cannot be written: this account may not write there.`,
  notWritten: (path: string, why: string) => `${path} could not be written: ${why}`,
  keptSoFar: (count: number, folder: string) =>
    `${count === 1 ? '1 finished run is' : `${count} finished runs are`} kept in ${folder}; ` +
    'the same command goes on from there.',
  noRun: (path: string, why: 'json' | 'shape' | 'digest' | 'other') =>
    `${path} is no finished run (${
      {
        json: 'it is not JSON',
        shape: 'it lacks what a run has',
        digest: 'its content is not what its digest says',
        other: 'it is of other settings, data or engines than its name says',
      }[why]
    }). It runs again, and takes its place.`,
  badTurn: (found: string) => `--turn takes 0, 90, 180 or 270 degrees, but found "${found}".`,
  filesExported:
    '--export-pytorch reads the official files itself, so --train-files, --turn and --mirror can do nothing here.',
  /** What a terminal can say where files leave something open. */
  saidByOptions: {
    'splits-open': 'Or say it: --train-files IMAGES,LABELS.',
    'larger-trains': 'Or say it: --train-files IMAGES,LABELS.',
    'orientation-unclear': '--turn and --mirror say it otherwise.',
  } as { readonly [sentence: string]: string | undefined },
  noWebgpu:
    'There is no WebGPU here: no graphics card with a Vulkan driver was found. Install the driver, ' +
    'or choose --engine cpu, which needs no card.',
  noWeights: (file: string) => `There is no file ${file} to begin with, or it cannot be read.`,
  begunWith: (file: string) => `Begun with the weights of ${file}.`,
  orderOpen: (file: string, order: string) =>
    `${file}: neither names nor sizes settle the order of its layers. Say it, e.g. --layer-order '${order}'.`,
  placeOpen: 'Other cuts or a file that says its "firstLayer" settle it.',
  orderWithoutWeights: '--layer-order says how to read --weights FILE, but there is none.',
  weightsExported:
    '--export-pytorch writes no weights: give the file to the script itself, as --weights FILE.',
};
