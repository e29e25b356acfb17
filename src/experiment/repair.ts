/**
 * Turns whatever was given — values read from a link, JSON from a file — into an experiment within every limit, and
 * says what it had to change. Never throws.
 */
import * as v from 'valibot';
import { denseNetwork } from '../network/spec.ts';
import { countParameters } from '../network/layers/layers.ts';
import { DATASETS, type DataShape } from './datasets.ts';
import type { Experiment, FieldName } from './experiment.ts';
import { LIMITS } from './limits.ts';
import { valueNotice, type Notice } from './notice.ts';
import { STRATEGY_IDS, type StrategyId } from './strategies.ts';
import { DEFAULTS, FIELD_NAMES, fieldOf, FIELDS, write } from './table.ts';
import { experimentText as text } from './words.ts';

export interface Repaired {
  readonly experiment: Experiment;
  readonly notices: readonly Notice[];
}

export interface RepairOptions {
  /** What to show as found for a field: a link's own text. The value itself if absent. */
  readonly texts?: ReadonlyMap<FieldName, string>;
}

/** Parameters of the network these settings ask for, from the data set's official sizes or those of the data at hand. */
export function parameterCount(
  { data, layers, activation }: Pick<Experiment, 'data' | 'layers' | 'activation'>,
  shape: Pick<DataShape, 'pixels' | 'classes'> = DATASETS[data].shape,
): number {
  return countParameters(denseNetwork(shape.pixels, layers, shape.classes, activation));
}

/**
 * @param given Values by field name; absent fields take their defaults without a notice.
 */
export function repair(given: ReadonlyMap<FieldName, unknown>, options: RepairOptions = {}): Repaired {
  const notices: Notice[] = [];
  const values: Partial<Record<FieldName, unknown>> = {};

  const found = (name: FieldName) => options.texts?.get(name) ?? given.get(name);
  /** Notes that a field's value was replaced by `used`. */
  const note = (name: FieldName, expected: string, used: unknown) => {
    const { key, label } = fieldOf(name);
    notices.push(valueNotice(key, label, found(name), expected, write(name, used)));
  };

  for (const name of FIELD_NAMES) {
    if (name === 'cuts') continue; // They depend on the layers: below.
    const field = fieldOf(name);
    let value = given.get(name);
    if (name === 'strategies' && Array.isArray(value)) {
      value = knownStrategies(value, (expected, used) => note(name, expected, used));
    }
    if (value === undefined) values[name] = field.default;
    else if (v.is(field.schema as v.GenericSchema, value)) values[name] = value;
    else {
      values[name] = field.default;
      note(name, field.expected, field.default);
    }
  }

  const settled = values as unknown as { -readonly [Name in FieldName]: Experiment[Name] };
  const size = parameterCount(settled);
  if (size > LIMITS.parameters) {
    settled.layers = DEFAULTS.layers;
    note('layers', text.expectedParameters(count(LIMITS.parameters), count(size)), settled.layers);
  }
  settled.cuts = mendCuts(given.get('cuts'), settled.layers.length, (expected, used) =>
    note('cuts', expected, used),
  );
  for (const [name, of, places] of [
    ['code', 'cuts', settled.cuts.length],
    ['scale', 'cuts', settled.cuts.length],
    ['engine', 'partitions', settled.cuts.length + 1],
  ] as const) {
    const fitted = oneForAllOrEach<unknown>(settled[name], places);
    if (fitted.length === settled[name].length) continue;
    note(name, text.expectedPerPlace(of, places), fitted);
    Object.assign(settled, { [name]: fitted });
  }
  return { experiment: settled, notices };
}

/** An experiment from JSON: a kept run, a checkpoint, a file. */
export function fromJson(json: unknown): Repaired {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    const { experiment } = repair(new Map());
    return {
      experiment,
      notices: [valueNotice('experiment', text.experiment, json, text.expectedExperiment, text.defaults)],
    };
  }
  const given = new Map<FieldName, unknown>();
  for (const name of FIELD_NAMES) if (Object.hasOwn(json, name)) given.set(name, (json as Experiment)[name]);
  return repair(given);
}

/**
 * What stands against an experiment, e.g. after an edit in a form: nothing if the list is empty.
 * The experiment itself is not changed; `repair` would.
 */
export function check(experiment: Experiment): readonly Notice[] {
  return fromJson(experiment).notices;
}

/**
 * Brings cuts and per-cut lists in line with the layers after an edit, quietly: cuts beyond the layers move to the last
 * possible place, in order, without repeats; lists of one per cut or partition are cut or continued with their last entry.
 */
export function normalise(experiment: Experiment): Experiment {
  const cuts = orderly(experiment.cuts.map((cut) => Math.max(1, Math.min(cut, experiment.layers.length))));
  const kept = cuts.slice(0, LIMITS.cuts);
  return {
    ...experiment,
    cuts: kept,
    code: experiment.code.length === 0 ? FIELDS.code.default : oneForAllOrEach(experiment.code, kept.length),
    scale: oneForAllOrEach(experiment.scale, kept.length),
    engine: oneForAllOrEach(experiment.engine, kept.length + 1),
  };
}

type Note<T> = (expected: string, used: readonly T[]) => void;

/** Known, different: drops the rest rather than all. */
function knownStrategies(asked: readonly unknown[], note: Note<StrategyId>): readonly unknown[] {
  const known = [...new Set(asked)].filter((id) => STRATEGY_IDS.includes(id as StrategyId)) as StrategyId[];
  if (known.length === asked.length && known.length > 0) return known;
  const used = known.length > 0 ? known : DEFAULTS.strategies;
  note(text.expectedStrategies(STRATEGY_IDS.join(', ')), used);
  return used;
}

/** Sorts, and drops what lies beyond the layers. Where that leaves nothing sensible: the default, within the layers. */
function mendCuts(given: unknown, layers: number, note: Note<number>): readonly number[] {
  const fallback = DEFAULTS.cuts.map((cut) => Math.min(cut, layers));
  if (given === undefined) return fallback;
  const expected = text.expectedCuts(LIMITS.cuts, layers);
  if (!Array.isArray(given) || !given.every((cut) => Number.isInteger(cut))) {
    note(expected, fallback);
    return fallback;
  }
  const inside = orderly((given as number[]).filter((cut) => cut >= 1 && cut <= layers));
  const used = inside.length > LIMITS.cuts ? fallback : inside;
  if (used.length !== given.length || used.some((cut, index) => cut !== given[index])) note(expected, used);
  return used;
}

function orderly(cuts: readonly number[]): number[] {
  return [...new Set(cuts)].sort((a, b) => a - b);
}

/** Lists of 0 or 1 stay; longer ones get as many entries as there are cuts (one, where there is none). */
function oneForAllOrEach<T>(list: readonly T[], places: number): readonly T[] {
  if (list.length <= 1 || list.length === places) return list;
  return Array.from({ length: Math.max(1, places) }, (_, index) => list[Math.min(index, list.length - 1)]);
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
