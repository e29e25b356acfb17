/** From one link and some sweeps to the experiments they ask for. */
import type { Experiment } from '../../experiment/experiment.ts';
import { decode, encode, fragmentOf, keysOf, mended } from '../../experiment/link.ts';
import type { Notice } from '../../experiment/notice.ts';
import { FIELD_NAMES, fieldOf } from '../../experiment/table.ts';
import { studyText as text } from './words.ts';

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

/**
 * A sweep's values as they are written: parted by `;`, `|` or `~`, or by commas where there is none of these.
 * @param commas Whether they may be parted by commas.
 * @throws Error with a sentence where a comma may as well stand for a decimal point: `rate=0,001`.
 */
export function valuesOf(key: string, list: string, commas: boolean): string[] {
  const parted = /[;|~\n]/.test(list) || !commas;
  const values = list.split(parted ? /[;|~\n]/ : ',').map((value) => value.trim());
  if (!parted && isFractional(key) && mayBeDecimal(values))
    throw new Error(text.twoReadings(key, list, values));
  return values.filter(Boolean);
}

/** Whether a setting takes numbers that are not whole. */
function isFractional(key: string): boolean {
  const name = FIELD_NAMES.find((one) => keysOf(fieldOf(one).key).includes(key));
  const field = name && fieldOf(name);
  return field !== undefined && 'whole' in field && !field.whole;
}

/** Nobody writes 01 for 1. */
const mayBeDecimal = (values: readonly string[]): boolean =>
  values.every((value) => /^\d+$/.test(value)) &&
  (values.some((value) => /^0\d/.test(value)) || (values.length === 2 && values[0] === '0'));

/** `cuts=1,2,3` sweeps over 1, 2 and 3; values that are lists themselves are parted by `;` or `|`. */
export function readSweep(written: string): Sweep {
  const at = written.indexOf('=');
  const key = written.slice(0, at);
  const list = written.slice(at + 1);
  const values = valuesOf(key, list, true);
  if (at < 1 || values.length === 0) {
    throw new Error(text.badSweep(written));
  }
  return { key, values };
}

/** A link asks for what it cannot have. */
export class RefusedLinkError extends Error {
  override readonly name = 'RefusedLinkError';
  readonly notices: readonly Notice[];

  constructor(notices: readonly Notice[]) {
    super(text.refusedLink(notices));
    this.notices = notices;
  }
}

/**
 * What a fragment says, and nothing else.
 * @throws Error with a sentence for a setting that a link cannot have: a terminal leaves nothing out in silence.
 */
export function readExactly(fragment: string): Experiment {
  const { experiment, notices } = decode(fragment);
  const wrong = notices.filter(({ mended }) => !mended);
  if (wrong.length > 0) throw new RefusedLinkError(wrong);
  return experiment;
}

/**
 * Every combination of the sweeps' values, on top of a link; one that comes twice counts once.
 * @throws Error with a sentence for a setting the link cannot have: a terminal repairs nothing in silence.
 */
export function gridOf(link: string, sweeps: readonly Sweep[]): Cell[] {
  let settings: Readonly<Record<string, string>>[] = [{}];
  for (const { key, values } of sweeps)
    settings = settings.flatMap((one) => values.map((value) => ({ ...one, [key]: value })));
  const twice = sweeps.find(({ key }, index) =>
    sweeps.slice(0, index).some((other) => keysOf(key).includes(other.key)),
  );
  if (twice) throw new Error(text.sweptTwice(twice.key));
  const meant = mended(fragmentOf(link)).fragment;
  const cells = settings.map((one) => {
    if (Object.keys(one).length === 0) return cellOf(meant, one);
    const parameters = new URLSearchParams(meant);
    for (const [key, value] of Object.entries(one)) {
      // A link may say it by another name.
      for (const other of keysOf(key)) parameters.delete(other);
      parameters.set(key, value);
    }
    // A space is read back as one: what is refused is said as it was typed.
    return cellOf(parameters.toString().replaceAll('+', '%20'), one);
  });
  const fragments = cells.map(({ fragment }) => fragment);
  return cells.filter(({ fragment }, index) => fragments.indexOf(fragment) === index);
}

function cellOf(fragment: string, settings: Cell['settings']): Cell {
  const experiment = readExactly(fragment);
  return { settings, experiment, fragment: encode(experiment) };
}

/** What was undone to a link that mail, chat or a document changed on its way; it is read as it was meant. */
export const remarksOn = (link: string): string[] =>
  mended(fragmentOf(link)).notices.map(({ message }) => message);

/** The seeds that an experiment is repeated with: its own, and those that follow. */
export const seedsOf = ({ experiment }: Cell, count: number): number[] =>
  Array.from({ length: count }, (_, index) => (experiment.seed + index) % 2 ** 32);
