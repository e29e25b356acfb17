/** What a session says to a person. Part of the page's texts (`app/text/en.ts`), where a locale changes it. */
import { middle } from '../messages/middle.ts';

export const sessionText = {
  weightsPutAside: (file: string) =>
    `The weights of ${middle(file)} do not fit the network any more and were put aside.`,
  weightsUsed: (file: string, remarks: readonly string[]) =>
    [`Training begins with the weights of ${middle(file)}. They are not part of the link.`, ...remarks].join(
      ' ',
    ),
  weightsArranged: (file: string) => `The weights of ${middle(file)} were arranged. Training starts again.`,
  ownWeights: 'Training begins with the seed’s own weights again.',
  fileRefused: (file: string, why: string) => `${middle(file)}: ${why}`,
  recordingShown: 'A recorded run is shown. The one before is kept.',
  fromRecording: 'Training starts from the recording’s settings. The recording is kept.',
  dataChanged: (data: string) =>
    `The data changed to ${middle(data)}. Press Train: training starts again with them.`,
  tooLargeFor: (data: string, count: number, most: number) =>
    `${middle(data)} was not taken: with its classes this network has ${count.toLocaleString('en-US')} parameters, and at most ` +
    `${most.toLocaleString('en-US')} are possible. Make a layer narrower first.`,
  notTrained: (why: string) => `Nothing was trained, since the data did not come: ${why}`,
  loadingCancelled: 'Loading was cancelled. Choose a data set, or drop its files on the page.',
  waitsForEngine: 'Training starts as soon as the engine is chosen.',
  allDone:
    'All epochs are done. Reset to train again with the settings of now, or raise the number of epochs.',
  plainFeatures:
    'The data are no square pictures, so the features are plain random ones. They are no better than label vectors.',
  noFeatures:
    'The first partition ends in a layer normalisation, which cannot answer with features: it learns label vectors.',
  carriedWithout: (settings: readonly string[]) =>
    `Labels that carry the image are learnt by a linear layer, and later partitions learn from images: ` +
    `${settings.join(', ')} ${settings.length > 1 ? 'have' : 'has'} no effect at these cuts.`,
  nothingSwapped:
    'No class is swapped: no partition is shown a class beside an image that its label carries.',
  labelStepsBeyond: (asked: number, total: number) =>
    `Label steps: ${asked.toLocaleString('en-US')} were asked for, but training ends after ` +
    `${total.toLocaleString('en-US')}. All partitions train to the end.`,
  waitsForData: 'Training starts as soon as the data is there.',
  recordingBroken:
    'The recording in this link cannot be unpacked: it, or the settings beside it, were cut short or changed on the way. ' +
    'The settings are kept. Ask for the link once more.',
  recordingInLink: 'The recording in this link',
  recordingTooLarge: (file: string) => `${middle(file)} is too large to be a recording.`,
  recordingNotJson: (what: string) => `${middle(what)} is not JSON. Save the run again and use that file.`,
  recordingChanged: (what: string) =>
    `${middle(what)} was changed after it was saved: its check value does not fit. Save the run again and use that file.`,
  // Shorter than the limit, since other sentences say it again.
  runInFile: (number: number, file: string) => `Run ${number} of ${middle(file, 60)}`,
  runTwice: (what: string) => `${middle(what)} has the id of an earlier run in it, and was left out.`,
  noRuns: (file: string) => `${middle(file)} is a list of runs without any run in it.`,
  notARecording: (what: string, why: string | null) =>
    `${middle(what)} is not a recording of this version${why === null ? '' : ` (${why})`}.`,
  noRun: (found: readonly string[]) =>
    `it has ${found.map((key) => middle(key, 30)).join(', ') || 'nothing'}, and a run that was saved with “Save as a file” was expected`,
  noData: 'There is no data yet. Choose a data set or drop its files on the page.',
  changed: (settings: string) =>
    `Changed: ${settings}. Press Train: training starts again from the beginning.`,
  experimentOpened: 'Another experiment was opened. The one before is kept.',
  wasReset: 'Training was reset.',
  restartWaits: (rank: number) =>
    `Device ${rank + 1} comes back when the turn under way has ended. Training is paused: press Train.`,
  notRestarted: (rank: number, why: string) => `Device ${rank + 1} could not be restarted: ${why}`,
  atCut: (index: number, what: string) => `Cut ${index + 1}: ${what}`,
  diverged: (step: number, learningRate: string) =>
    `Training diverged before step ${step}: the loss is no number. ` +
    `The learning rate was ${learningRate}; try a tenth of it.`,
};
