/** Words of the tour. */
import type { Guess } from '../tour/guesses.ts';

export const tourText = {
  button: 'Tour',
  progress: (step: number, of: number) => `Step ${step} of ${of}`,
  back: 'Back',
  next: 'Next',
  done: 'Done',
  close: 'Close the tour',
  link: 'Copy link to this step',
  /** Answers to the question of a step, and what came of it. */
  guesses: {
    level: 'As good as trained whole',
    close: 'A few points below',
    far: 'Hardly better than guessing',
  } satisfies Record<Guess, string>,
  outcome: (guess: string | null, gap: string) =>
    `${guess === null ? '' : `You expected: “${guess}”. `}Measured so far: ${gap}.`,
  gap: {
    level: 'as accurate',
    below: (points: string) => `SIL is ${points} points below`,
    above: (points: string) => `SIL is ${points} points above`,
  },
  notYet: 'The first comparison comes in a moment.',
  linked: { copied: 'Copied.', address: 'The link is in the address bar.' },
  steps: {
    question: {
      title: 'One network, trained in pieces',
      body: 'This network reads images of characters. It is cut in two, and each part lives on a device of its own. The question: what is lost when the parts learn without ever talking to each other? The tour uses a small network, which trains in seconds.',
    },
    cut: {
      title: 'The cut is yours',
      body: 'Drag its handle, or focus it and use the arrow keys; a click between two layers makes another cut. The tour has just moved this one. The cost of each device, memory and arithmetic, follows at once.',
    },
    labels: {
      title: 'Labels made of noise',
      body: 'At the cut every class gets a random vector, its synthetic label: one row of this picture. The left part learns to answer an image with its row; the right part learns to read rows. Neither needs the other for that.',
    },
    predict: {
      title: 'What do you expect?',
      body: 'The two parts will train without a word between them. Then they are put end to end. How good will the whole be?',
    },
    train: {
      title: 'Press Train',
      body: 'The tour has pressed it. Conventional training and SIL take turns, from the same seed and with the same batches, each with a clock of its own.',
    },
    curves: {
      title: 'Watch both curves',
      body: 'Put end to end, the parts of SIL end up about where conventional training does. Hide a line by its name, change the axis, or look at the numbers as a table.',
    },
    inside: {
      title: 'Look inside',
      body: 'Every dot is a test character, seen where the cut is; every letter is a label. Training draws the dots to their letters, and that is all that the first part ever learns.',
    },
    early: {
      title: 'Now cut too early',
      body: 'The tour has put the cut behind the first layer and trains again. A single layer cannot learn its labels, and no later part can win that back. The earlier run is kept under “Runs”.',
    },
    share: {
      title: 'Take it with you',
      body: 'The address holds everything you set. Share copies a link to the settings or to the run itself, or a frame for a page of your own. “Start from” has more experiments, each with a sentence on what to watch. Done brings back what was here before the tour.',
    },
  },
} as const;
