/** Words of the presentation: a line for each of its stops, to be read from afar. */
import type { Stop } from '../shell/panes.ts';

const lines: Readonly<Record<Stop, string>> = {
  question: 'One network, trained whole and in pieces that never talk.',
  drawing: 'A cut parts it: each piece lies on a device of its own.',
  rows: 'Each row is a strategy: what a device holds, what has crossed a cut.',
  accuracy: 'What is lost: accuracy on images that no network has seen.',
  memory: 'What is saved: memory of the fullest device.',
  sent: 'What is sent: bytes between devices, to train.',
  verdict: 'What it comes to: lost, held and sent.',
};

export const presentText = {
  name: 'Present',
  stops: 'Presentation',
  stop: (number: number, line: string) => `${number}: ${line}`,
  leave: 'Leave the presentation',
  lines,
  broke: 'The chart of the presentation could not be shown.',
};
