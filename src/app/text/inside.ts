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
  distance: 'Distance to the labels',
  nearest: 'Nearest label',
  atCut: (index: number) => `cut ${index + 1}`,
  joined: 'joined network',
  distanceNote: 'In multiples of the labels’ root mean square; 1 is as far as answering nothing.',
  highlight: 'Highlight',
  allClasses: 'All classes',
} as const;
