/** Words of trying trained networks. */
export const tryText = {
  heading: 'Try it',
  intro:
    'Draw a character; every trained network says at once what it sees. It runs through the drawing of the network, too.',
  canvas: 'Draw here with mouse, finger or pen. Without a pointer, pick a test character instead.',
  clear: 'Clear',
  undo: 'Undo stroke',
  pick: 'A test character',
  seen: 'What the networks see',
  drawnAs: (side: number) =>
    `Cropped, centred and smoothed to ${side} × ${side}, as the training images were.`,
  picked: (character: string) => `A test image of “${character}”.`,
  waiting: 'Train first; then the networks have something to say.',
  asking: 'Asking the networks …',
  stopped: 'What trained has stopped before its end: no network is left to ask.',
  recorded: 'This is a recording: it has curves, but no networks to ask. Press Train, and yours answer here.',
  draw: 'Draw something, or pick a test character.',
  top: (strategy: string) => `${strategy}: most likely`,
  spoken: (strategy: string, character: string, probability: string) =>
    `${strategy}: most likely “${character}”, ${probability}.`,
  nearest: (cut: number, character: string, distance: string) =>
    `At cut ${cut} its answer lies nearest to the label of “${character}” (${distance} of the labels’ size away).`,
  countIntro: (count: string) => `On ${count} test images.`,
  of: 'Strategy',
  confusion: 'Confusion matrix',
  confusionName: (strategy: string, worst: string) =>
    `${strategy}: rows are true classes, columns predictions. ${worst}`,
  worst: (truth: string, seen: string, times: number) =>
    `Most often “${truth}” is taken for “${seen}”, ${times} times.`,
  worstList: 'The most frequent mistakes',
  classes: 'Classes',
  mostConfused: (count: number) => `The ${count} most confused`,
  allClasses: (count: number) => `All ${count}`,
  noneWrong: 'Nothing is mistaken.',
  perClass: 'Accuracy per class',
  character: 'Class',
  gallery: 'Mistakes',
  wrongFor: 'Wrong for',
  rightFor: 'and right for',
  anyone: 'anyone',
  mistake: (truth: string, seen: string) => `“${truth}” taken for “${seen}”`,
  none: 'There is no such image.',
  more: (count: number) => `and ${count} more`,
} as const;
