/** Words of the look into SIL. */
export const insideText = {
  heading: 'Inside SIL',
  intro:
    'What the left part answers at a cut for test characters (dots), and the label vectors it is drawn to (letters), seen along the two directions in which they differ most.',
  waiting: 'Train with SIL and a cut, and the answers appear here.',
  asking: 'Asking the network …',
  recorded:
    'This is a recording: it has curves, but no network to look into. Press Train, and the answers of yours appear here.',
  cut: (index: number) => `Cut ${index + 1}`,
  cuts: 'Which cut',
  picture: (index: number, count: number, distance: string) =>
    `Cut ${index + 1}: ${count} test characters, on average ${distance} times the labels’ size away from their own label.`,
  pictureOfFeatures: (index: number, count: number) =>
    `Cut ${index + 1}: ${count} test characters. The first partition learns features of the image here, so that there are no label vectors.`,
  loss: 'Loss at the cuts',
  lossNote: 'Distance to the own label, and how far the answers are from being nearest to it.',
  distance: 'Distance to the labels',
  nearest: 'Nearest label',
  atCut: (index: number) => `cut ${index + 1}`,
  joined: 'joined network',
  distanceNote: 'In multiples of the labels’ root mean square; 1 is as far as answering nothing.',
  highlight: 'Highlight',
  allClasses: 'All classes',
} as const;
