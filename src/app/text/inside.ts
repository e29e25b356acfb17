/** Words of the look into SIL. */
import type { ControlId } from '../../session/controls.ts';

export const insideText = {
  heading: 'Inside SIL',
  intro:
    'What the left part answers at a cut for test characters (dots), and the label vectors it is drawn to (letters), seen along the two directions in which they differ most. A letter that is pressed comes closer.',
  waiting: 'Train with SIL and a cut, and the answers appear here.',
  asking: 'Asking the network …',
  stopped: 'SIL stopped before its end: no network of it is left to look into.',
  recorded:
    'This is a recording: it has curves, but no network to look into. Press Train, and the answers of yours appear here.',
  cut: (index: number) => `Cut ${index + 1}`,
  cuts: 'Which cut',
  picture: (index: number, count: number, distance: string) =>
    `Cut ${index + 1}: ${count} test characters, on average ${distance} times the labels’ size away from their own label.`,
  pictureOfFeatures: (index: number, count: number) =>
    `Cut ${index + 1}: ${count} test characters. What is learnt here is made of the image alone: there are no label vectors.`,
  loss: 'Loss at the cuts',
  lossNote: 'Distance to the own label, and how far the answers are from being nearest to it.',
  distance: 'Distance to the labels',
  nearest: 'Nearest label',
  atCut: (index: number) => `cut ${index + 1}`,
  joined: 'joined network',
  distanceNote: 'In multiples of the labels’ root mean square; 1 is as far as answering nothing.',
  work: {
    heading: 'Who does the work?',
    names: { first: 'First part alone', frozen: 'Frozen front' } satisfies Record<ControlId, string>,
    lastAlone: 'Last part alone',
    twin: 'Fair twin',
    joined: 'All parts joined',
    unknown: '–',
    waiting: 'The first part alone answers with the class of the nearest label at the first cut.',
    same: {
      first:
        'The first part does all the work: by the nearest label at its cut it answers as well as all parts joined.',
      frozen:
        'The layers behind the first cut do all the work: on a front that stays random they answer as well as all parts joined.',
    } satisfies Record<ControlId, string>,
    lastDoes:
      'The last part does all the work: on what it makes of the image by itself, and nobody learned, it answers as well as all parts joined.',
    more: 'They add up: joined they answer better than each control alone.',
    untold:
      'Joined they answer better than each control alone. But the last part makes what stands at the cut by itself, and could do the work alone: behind a cut after layer 1 a control tells.',
    stopped: 'SIL stopped before its end: nothing follows from these figures.',
    less: 'Joined they answer worse than a control alone: something is lost at a cut.',
    fair: (accuracy: string) =>
      ` Conventional training that begins with the same features reaches ${accuracy}.`,
    run: (names: string) => `Train beside it: ${names}`,
  },
  blocks: {
    heading: 'Denoising blocks, one after the other',
    after: (block: number, of: number) =>
      block === 0 && of > 1
        ? 'First block alone'
        : block === of - 1
          ? 'All blocks'
          : `After block ${block + 1}`,
    waiting: 'Once they have trained, this says how well they answer after the first block, and after all.',
    one: 'Nothing is cut, so that there is one block: it answers by itself.',
    work: {
      none: 'The first block does all the work: it answers as well alone as with those behind it.',
      good: 'The blocks behind the first one help: they take what it answers, and answer better.',
      harm: 'The first block answers better alone than with those behind it.',
    },
  },
  sizes: (rare: string, rest: string) =>
    `Answers of the rarest quarter of the classes have ${rare} of their labels’ size, those of the others ${rest}.`,
  sizesByClass: 'Size of answers by class',
  size: 'Norm of answers over norm of the label',
  sizesNote:
    'On average over the test characters shown, the class with the fewest training images first. What shrinks comes nearer to other labels than to its own.',
  closer: 'Look closer at',
  allClasses: 'All classes',
} as const;
