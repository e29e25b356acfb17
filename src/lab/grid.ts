/** From one link and some sweeps to the experiments they ask for. */
import type { Experiment } from '../experiment/experiment.ts';
import { decode, encode, fragmentOf } from '../experiment/link.ts';

export interface Cell {
  /** What the sweeps set, by link key. */
  readonly settings: Readonly<Record<string, string>>;
  readonly experiment: Experiment;
  readonly fragment: string;
}

export interface Sweep {
  readonly key: string;
  readonly values: readonly string[];
}

/** `cuts=1,2,3` sweeps over 1, 2 and 3; values that are lists themselves are parted by `;` or `|`. */
export function readSweep(text: string): Sweep {
  const at = text.indexOf('=');
  const key = text.slice(0, at);
  const list = text.slice(at + 1);
  const values = list.split(/[;|]/.test(list) ? /[;|]/ : ',').filter(Boolean);
  if (at < 1 || values.length === 0) {
    throw new Error(`A sweep looks like cuts=1,2,3 or cuts=1;1,2;1,2,3, but found "${text}".`);
  }
  return { key, values };
}

/**
 * Every combination of the sweeps' values, on top of a link.
 * @throws Error with a sentence for a setting the link cannot have: a terminal repairs nothing in silence.
 */
export function gridOf(link: string, sweeps: readonly Sweep[]): Cell[] {
  let settings: Readonly<Record<string, string>>[] = [{}];
  for (const { key, values } of sweeps)
    settings = settings.flatMap((one) => values.map((value) => ({ ...one, [key]: value })));
  return settings.map((one) => {
    const parameters = new URLSearchParams(fragmentOf(link));
    for (const [key, value] of Object.entries(one)) parameters.set(key, value);
    const { experiment, notices } = decode(parameters.toString());
    if (notices.length > 0) throw new Error(notices.map(({ message }) => message).join(' '));
    return { settings: one, experiment, fragment: encode(experiment) };
  });
}
