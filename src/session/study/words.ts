/** What a study says to a person: many runs of one experiment, in the page or at a terminal. */
import type { Notice } from '../../experiment/notice.ts';
import { middle } from '../../messages/middle.ts';

const list = (items: readonly string[]) => items.join('; ');

/** What a link asked for and cannot have, without what the page would put in its place. */
const wrong = ({ key, found, expected, message }: Notice): string =>
  found === undefined || expected === undefined
    ? message
    : `${key === undefined ? '' : `${key}: `}found “${found}”, expected ${expected}`;

export const studyText = {
  refusedLink: (notices: readonly Notice[]) =>
    `The link is refused, and nothing was run: ${list(notices.map(wrong))}. ` +
    'A page would open it and say what it left out; here the numbers would be of another experiment.',
  badSweep: (found: string) => `A sweep looks like cuts=1,2,3 or cuts=1;1,2;1,2,3, but found "${found}".`,
  twoReadings: (key: string, list: string, values: readonly string[]) =>
    `“${middle(list)}” can be read two ways for ${key}: as ${values.join(' and ')}, or with commas for decimal points. ` +
    `Write ${values.map(Number).join('; ')}, or ${values.slice(0, 2).join('.')}, with points.`,
  sweptTwice: (key: string) =>
    `Two sweeps set ${key}, so one would replace the other. Put all values into one: --sweep '${key}=A;B;C'.`,
  badAsk: (found: string) =>
    `A sweep in a link looks like sweep=cuts:1~2~3~seeds:3, but “${middle(found)}” was found.`,
  askedTwice: (key: string) =>
    `The sweep sets ${key} twice, so one would replace the other. Put all values into one: ${key}:A~B~C.`,
  badSeeds: (found: string, most: number) =>
    `A sweep takes 1 to ${most} seeds, but “${middle(found)}” was found.`,
  noSuchSetting: (found: string) => `There is no setting “${middle(found)}” to sweep over.`,
  tooManyRuns: (runs: number, most: number) =>
    `These are ${runs.toLocaleString('en-US')} runs, and at most ${most} are possible here. Take fewer values or seeds, or run the sweep in a terminal.`,
  refusedValues: (notices: readonly Notice[]) => `This cannot be swept: ${list(notices.map(wrong))}.`,
  elsewhere: (name: string) =>
    `${name}: it is being run elsewhere, by another lab or in another tab. Waiting for what that finds.`,
  deviceLost: (strategy: string, rank: number, why: string) => `${strategy} lost device ${rank + 1}: ${why}`,
  startsAgain: (why: string) => `${why} The run starts again.`,
  lostTwice: (why: string) => `${why} It was lost a second time, so the run was given up and is not kept.`,
  strategyFailed: (strategy: string, why: string) => `${strategy}: ${why}`,
  runFailed: (name: string, why: string) => `${name}: ${why} The other runs go on.`,
  runsFailed: (runs: number, all: readonly { readonly name: string; readonly why: string }[]) => {
    const [{ name, why }, ...others] = all;
    const more = others.length === 0 ? '' : ` So did ${list(others.map((one) => one.name))}.`;
    return `${all.length} of ${runs} ${runs === 1 ? 'run' : 'runs'} failed. ${name}: ${why}${more}`;
  },
  unfinished: (strategy: string) =>
    `${strategy} ended without an accuracy on the test images, so the run is not kept.`,
};
